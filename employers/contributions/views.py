"""The contribution slips of a company (CGU-3.19): the list, one slip, its files, and a line that is disputed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.models import Company
from employers.contributions import actions, documents, queries
from employers.contributions.chart import chart_of, periods_of
from employers.contributions.forms import DisputeForm, FilterForm
from employers.contributions.models import ContributionLine
from employers.contributions.rules import (
    Due,
    Sheet,
    ShownLine,
    adjustments_of,
    balance_of,
    differences,
    due_of,
    groups_of,
    of_period,
)
from portals.access.entry import account_of, grant_of
from portals.access.services import is_allowed, service_of
from portals.accounts import limits
from portals.correspondence.entering import too_many
from portals.documents.actions import as_attachment
from privacy.audit import record

CSV = "text/csv; charset=utf-8"
PRINTS_BY_ACCOUNT = limits.Limit("slip prints", 60, 3600)
"""Laying out a page takes a tenth of a second of a processor."""


@require_safe
def slip_list(request: HttpRequest) -> HttpResponse:
    """What is owed in a sentence, then the slips of a year, drawn and one by one."""
    company_id = grant_of(request).tenant_id
    everything = queries.sheets_of(company_id)
    form = FilterForm(request.GET, everything)
    if not form.is_valid():  # only an address written by hand asks for what the lists do not offer
        return HttpResponseRedirect(reverse("employers:slips"))
    due = due_of(everything)
    periods = periods_of(form.chosen(everything, whatever_state=True))
    record("slips.listed", by=account_of(request), object_kind="company", object_id=company_id)
    context = {
        "form": form,
        "has_slips": bool(everything),
        "sheets": form.chosen(everything),
        "year": form.year_asked,
        "balance": balance_of(everything),
        "due": [Due(sheet, timezone.localdate()) for sheet in due],
        "periods": periods,
        "called": sum(period.total for period in periods),
        "unpaid": sum(period.unpaid for period in periods),
        "chart": chart_of(periods),
    }
    return render(request, "employers/contributions/list.html", context)


@require_safe
def slip_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One slip, in full. Another company's is as unknown as one that never was."""
    company_id = grant_of(request).tenant_id
    everything = queries.sheets_of(company_id)
    told = _told(everything, number)
    lines = queries.lines_of(told.slip)
    record("slip.consulted", by=account_of(request), object_kind="contribution_slip", object_id=told.slip.pk)
    disputes = queries.disputes_of(lines)
    adjustments = adjustments_of(lines)
    context = {
        "sheet": told,
        "slip": told.slip,
        "due": Due(told, timezone.localdate()) if told.is_due else None,
        "lines": lines,
        "groups": groups_of(lines),
        "adjustments": [(shown, _corrected(everything, told, shown.line)) for shown in adjustments],
        "corrections": queries.corrections_of(told.slip),
        "disputes": [(line, disputes[line.pk]) for line in lines if line.pk in disputes],
        "disputable": [ShownLine(line) for line in lines if line.pk not in disputes] if may_dispute(request) else [],
        "differences": differences(told, lines),
    }
    return render(request, "employers/contributions/detail.html", context)


@require_safe
def slip_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The lines of a slip as a file."""
    told = _told(queries.sheets_of(grant_of(request).tenant_id), number)
    record("slip.downloaded", by=account_of(request), object_kind="contribution_slip", object_id=told.slip.pk)
    content = documents.slip_csv(told, queries.lines_of(told.slip))
    return as_attachment(HttpResponse(content, content_type=CSV), f"{documents.filename_of(told)}.csv")


@require_safe
def slip_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The slip as a PDF that anybody can check."""
    account, company_id = account_of(request), grant_of(request).tenant_id
    told = _told(queries.sheets_of(company_id), number)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    company = get_object_or_404(Company, pk=company_id)
    record("slip.downloaded", by=account, object_kind="contribution_slip", object_id=told.slip.pk)
    content = documents.slip_pdf(told, queries.lines_of(told.slip), company, by=account)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), f"{documents.filename_of(told)}.pdf")


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def slip_dispute(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """Say what is wrong with a line: it becomes a complaint, with the delays of the law."""
    grant, account = grant_of(request), account_of(request)
    found = queries.line_of(grant.tenant_id, number, line)
    if found is None:
        raise Http404
    if not may_dispute(request):
        return redirect("employers:slip", number)
    form = DisputeForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if (waiting := too_many(request, account)) is not None:
            return waiting  # before a byte of the files is looked at
        form = DisputeForm(request.POST, request.FILES)
        if form.is_valid():
            return _disputed(request, found, form)
    context = {
        "slip": found.slip,
        "shown": ShownLine(found),
        "period": Sheet(found.slip, found.amount).period,
        "form": form,
        "earlier": queries.disputes_of([found]).get(found.pk),
    }
    record("slip_line.consulted", by=account, object_kind="contribution_line", object_id=found.pk)
    return render(request, "employers/contributions/dispute.html", context)


def may_dispute(request: HttpRequest) -> bool:
    """Whether the role of the account lets it send the forms of this service."""
    service = service_of("employers:slip_dispute")
    return service is not None and is_allowed(grant_of(request), service, changes=True)


def _disputed(request: HttpRequest, line: ContributionLine, form: DisputeForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        dispute = actions.dispute(
            by=account_of(request), grant=grant_of(request), line=line, text=said["text"], files=said["enclosures"]
        )
    except actions.AlreadyDisputed:
        messages.info(request, "Cette ligne est déjà contestée\u00a0: ajoutez ce qui manque à la réclamation.")
        return redirect("employers:slip", line.slip.slip_number)
    messages.success(request, f"Réclamation {dispute.thread_number} envoyée, avec les références de la ligne.")
    return redirect("portals:complaint", number=dispute.thread_number)


def _told(sheets: list[Sheet], number: str) -> Sheet:
    told = next((sheet for sheet in sheets if sheet.slip.slip_number == number), None)
    if told is None:
        raise Http404
    return told


def _corrected(sheets: list[Sheet], told: Sheet, line: ContributionLine) -> Sheet | None:
    """The slip of the period that a line corrects, None when it is older than what is kept here."""
    day = line.adjusts_period
    return None if day is None else of_period(sheets, told.slip.contract_id, day)
