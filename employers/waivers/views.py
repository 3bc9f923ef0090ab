"""« Dispenses »: the list, one waiver, its documents and its copies. Asking and answering are in their own modules."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.waivers import documents, queries
from employers.waivers.entering import is_in_charge, may_act, require_in_charge, standing_or_404
from employers.waivers.forms import ControlForm, FilterForm, RefusalForm
from employers.waivers.models import WaiverRequest
from employers.waivers.sealing import words_of
from employers.waivers.words import Answer
from portals.access.entry import account_of, grant_of
from portals.access.services import is_allowed, service_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from portals.documents.models import Upload
from portals.documents.uploads import InQuarantine, serve
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("waiver prints", 30, 3600)
PDF = "application/pdf"


@require_safe
def waivers(request: HttpRequest) -> HttpResponse:
    """What is to do in a sentence, then everybody, by name."""
    company_id, today = grant_of(request).tenant_id, timezone.localdate()
    form = FilterForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    standings, following = queries.standings_of(company_id, today, after=request.GET.get("after", ""), **said)
    record("waivers.listed", by=account_of(request), object_kind="company", object_id=company_id)
    asked = {name: value for name, value in said.items() if value}
    context = {
        "form": form,
        "counts": queries.counts_of(company_id, today),
        "urgent": [] if asked or request.GET.get("after") else queries.urgent_of(company_id, today),
        "standings": standings,
        "is_filtered": bool(asked),
        "older": f"?{urlencode(asked)}{'&' if asked else ''}after={following}" if following else "",
        "in_charge": is_in_charge(request),
        "may_act": may_act(request),
    }
    return render(request, "employers/waivers/list.html", context)


@require_safe
def waiver(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """One waiver: what was asked, on what proof, until when, and its story."""
    return waiver_page(request, waiver_id)


def waiver_page(request: HttpRequest, waiver_id: int, *, refusal: RefusalForm | None = None) -> HttpResponse:
    """The page of a waiver, with a refusal that lacks its reason."""
    standing, in_charge = standing_or_404(request, waiver_id), is_in_charge(request)
    requests = queries.requests_of(standing.waiver)
    record("waiver.consulted", by=account_of(request), object_kind="waiver", object_id=waiver_id)
    context = {
        "standing": standing,
        "waiver": standing.waiver,
        "in_charge": in_charge,
        "may_act": may_act(request),
        "may_affiliate": standing.must_join and _may_affiliate(request),
        "requests": [(one, words_of(one) if in_charge else "", list(one.proofs.all())) for one in requests],
        "open_request": next((one for one in requests if one.answer == Answer.WAITING), None),
        "steps": list(standing.waiver.steps.select_related("by").order_by("pk")),
        "refusal": refusal or RefusalForm(),
        "has_antivirus": bool(settings.CLAMD_SOCKET),
    }
    return render(request, "employers/waivers/waiver.html", context)


def _may_affiliate(request: HttpRequest) -> bool:
    """Whether this account may affiliate an employee: a mandate may entrust waivers alone."""
    service = service_of("employers:employee_new")
    return service is not None and is_allowed(grant_of(request), service, changes=True)


@require_safe
def waiver_copy(request: HttpRequest, waiver_id: int, request_id: int) -> HttpResponse:
    """The request of the employee as evidence: a PDF that anybody can check."""
    require_in_charge(request)
    account, standing = account_of(request), standing_or_404(request, waiver_id)
    rows = WaiverRequest.objects.select_related("waiver__contract", "entered_by", "answered_by")
    found = get_object_or_404(rows, pk=request_id, waiver=standing.waiver)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record("waiver.printed", by=account, object_kind="waiver", object_id=waiver_id)
    company = get_object_or_404(Company, pk=grant_of(request).tenant_id)
    content = documents.request_pdf(found, company, by=account)
    return as_attachment(HttpResponse(content, content_type=PDF), f"{standing.waiver.number}.pdf")


@require_safe
def waiver_proof(request: HttpRequest, waiver_id: int, upload_id: int) -> HttpResponse:
    """A document, once it is out of quarantine."""
    require_in_charge(request)
    upload = upload_or_404(request, waiver_id, upload_id)
    record("waiver.proof_opened", by=account_of(request), object_kind="waiver", object_id=waiver_id)
    try:
        return serve(upload, by=account_of(request))
    except InQuarantine as error:
        raise Http404 from error


def upload_or_404(request: HttpRequest, waiver_id: int, upload_id: int) -> Upload:
    """A document of a waiver of the company."""
    standing = standing_or_404(request, waiver_id)
    uploads = Upload.objects.filter(waiver_requests__waiver=standing.waiver)
    return get_object_or_404(uploads.distinct(), pk=upload_id)


@require_safe
def waivers_control(request: HttpRequest) -> HttpResponse:
    """The file of a period for a control (URSSAF): every waiver, its request and its documents, in one PDF.

    Asked by GET: controls come in the read-only years too.
    """
    require_in_charge(request)
    year = timezone.localdate().year
    is_asked = "start" in request.GET
    form = ControlForm(request.GET if is_asked else None, initial=ControlForm.whole_year(year - 1))
    if is_asked and form.is_valid():
        answer = _control_file(request, form)
        if answer is not None:
            return answer
    return render(request, "employers/waivers/control.html", {"form": form})


def _control_file(request: HttpRequest, form: ControlForm) -> HttpResponse | None:
    """The PDF, or the page to wait on; None when the form says why there is none."""
    account, company_id = account_of(request), grant_of(request).tenant_id
    company = get_object_or_404(Company, pk=company_id)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
        content = documents.control_pdf(company, form.cleaned_data["start"], form.cleaned_data["end"], by=account)
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    except documents.NoWaiver:
        form.add_error(None, "Aucune dispense n’était en cours pendant cette période.")
        return None
    except documents.TooLarge:
        form.add_error("end", "Ce dossier serait trop gros pour un seul fichier\u00a0: prenez une période plus courte.")
        return None
    record("waivers.control_printed", by=account, object_kind="company", object_id=company_id)
    return as_attachment(HttpResponse(content, content_type=PDF), "Dispenses.pdf")


def to_waiver(request: HttpRequest, waiver_id: int, *, success: str = "", error: str = "") -> HttpResponse:
    """Back to the page of a waiver, with what happened."""
    if success:
        messages.success(request, success)
    if error:
        messages.error(request, error)
    return redirect(reverse("employers:waiver", args=[waiver_id]))
