"""« Salariés » (CGU-3.15): the list, its file, one employee, and what may be corrected."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from employers.workforce import actions, queries
from employers.workforce.export import sheet_of
from employers.workforce.forms import CorrectionForm, FilterForm
from employers.workforce.listing import Page, asked_for, page_of, standing_of
from employers.workforce.models import Affiliation, Source
from portals.access.entry import account_of, grant_of
from portals.access.services import is_allowed, service_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

CSV = "text/csv; charset=utf-8"
EXPORTS_BY_ACCOUNT = limits.Limit("workforce exports", 30, 3600)


@require_safe
def employees(request: HttpRequest) -> HttpResponse:
    """The employees of the company, by name; search and filters are in the address."""
    company_id, today = grant_of(request).tenant_id, timezone.localdate()
    form = FilterForm(request.GET, queries.populations_of(company_id))
    form.is_valid()
    found = asked_for(company_id, form.asked, today)
    page = page_of(found, request.GET)
    record("workforce.listed", by=account_of(request), object_kind="company", object_id=company_id)
    context = {
        "form": form,
        "rows": [(employee, standing_of(employee, today)) for employee in page.employees],
        "count": found.count(),
        "there": queries.running_on(queries.affiliations_of(company_id), today).count(),
        "before_url": _address(request, page, "avant"),
        "after_url": _address(request, page, "apres"),
        "csv_url": _with(request, reverse("employers:employees_csv")),
        "may_change": may_change(request),
    }
    return render(request, "employers/workforce/list.html", context)


@require_safe
def employees_csv(request: HttpRequest) -> HttpResponse:
    """The employees whom the filters let through, as a file."""
    account, company_id = account_of(request), grant_of(request).tenant_id
    try:
        limits.count(EXPORTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    form = FilterForm(request.GET, queries.populations_of(company_id))
    form.is_valid()
    found = asked_for(company_id, form.asked, timezone.localdate()).select_related("contract")
    record("workforce.exported", by=account, object_kind="company", object_id=company_id)
    content = sheet_of(found.order_by("search_name", "pk").iterator(chunk_size=2000))
    return as_attachment(HttpResponse(content, content_type=CSV), "salaries.csv")


@require_safe
def employee(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """One employee: what the company knows of them, and what was done."""
    found = employee_or_404(request, affiliation_id)
    record("workforce.viewed", by=account_of(request), object_kind="affiliation", object_id=found.pk)
    context = {
        "employee": found,
        "standing": standing_of(found, timezone.localdate()),
        "items": queries.items_of(found),
        "may_change": may_change(request),
    }
    return render(request, "employers/workforce/employee.html", context)


@sensitive_post_parameters("employee_number", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def employee_change(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """Correct the employee number, the e-mail address or the population."""
    found = employee_or_404(request, affiliation_id)
    if not may_change(request):
        return redirect("employers:employee", found.pk)
    told = {name: getattr(found, name) for name in ("employee_number", "email", "population")}
    form = CorrectionForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data == told:
            return redirect("employers:employee", found.pk)
        try:
            _corrected(request, found, form)
        except actions.Refused as refused:
            for problem in refused.problems:
                form.add_error(problem.field, problem.message)
        else:
            messages.success(request, "La correction est enregistrée. Elle s’annule pendant 24 heures.")
            return redirect("employers:employee", found.pk)
    populations = queries.populations_of(found.company_id)
    return render(
        request, "employers/workforce/change.html", {"employee": found, "form": form, "populations": populations}
    )


def may_change(request: HttpRequest) -> bool:
    """Whether the role of the account lets it change the workforce, and the company still may."""
    grant, service = grant_of(request), service_of("employers:employee_new")
    if service is None or grant.is_read_only(timezone.localdate()) or grant.consult_only:
        return False
    return is_allowed(grant, service, changes=True)


def employee_or_404(request: HttpRequest, affiliation_id: int) -> Affiliation:
    """An employee of the company that the account acts for; another's is as unknown as one that never was."""
    found = queries.employee_of(grant_of(request).tenant_id, affiliation_id)
    if found is None:
        raise Http404
    return found


@transaction.atomic
def _corrected(request: HttpRequest, found: Affiliation, form: CorrectionForm) -> None:
    account = account_of(request)
    operation = actions.open_operation(by=account, company_id=found.company_id, source=Source.WIZARD)
    actions.change(by=account, operation=operation, affiliation=found, **form.cleaned_data)


def _address(request: HttpRequest, page: Page, way: str) -> str:
    """The address of a neighbour of the page, empty when there is none."""
    mark = page.before if way == "avant" else page.after
    return "" if mark is None else _with(request, reverse("employers:employees"), **{way: str(mark)})


def _with(request: HttpRequest, path: str, **more: str) -> str:
    """The filters of this page, at another address."""
    kept = QueryDict(mutable=True)
    for name in FilterForm.base_fields:
        if value := request.GET.get(name, ""):
            kept[name] = value
    for name, value in more.items():
        kept[name] = value
    return f"{path}?{kept.urlencode()}" if kept else path
