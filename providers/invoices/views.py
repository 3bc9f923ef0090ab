"""The professional's invoices (CGU-3.21): the list, its export, and one invoice."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of, grant_of
from portals.documents.actions import as_attachment
from privacy.audit import record
from providers.contact.queries import complaint_about
from providers.invoices import documents, patients, queries
from providers.invoices.forms import FilterForm
from providers.invoices.paging import page_of
from providers.invoices.rules import differences, steps_of, sums_of
from providers.invoices.telling import tell

PATIENT = "patient"
"""In addresses: the word that stands for the member number asked for."""


@sensitive_post_parameters("member")
@require_http_methods(["GET", "HEAD", "POST"])
def invoice_list(request: HttpRequest) -> HttpResponse:
    """The invoices asked for, with their sums, a page at a time. What is sent becomes an address, then is read."""
    if request.method == "POST":
        return _asked(request)
    form = _form(request)
    if not form.is_valid():
        return render(request, "providers/invoices/refused.html", {"form": form})
    professional_id = grant_of(request).tenant_id
    asked = form.filters
    page = page_of(queries.selection(professional_id, asked), request.GET, by=asked.day)
    record(
        "invoices.listed", by=account_of(request), object_kind="professional", object_id=professional_id,
        details={"invoices": len(page.rows), "numbers": " ".join(str(row.pk) for row in page.rows)},
    )  # fmt: skip
    context = {
        "form": form,
        "filters": asked,
        "is_filtered": any(form.data.values()),
        "totals": queries.totals(professional_id, asked),
        "most_counted": queries.MOST_COUNTED,
        "promises": settings.PAYMENT_PROMISES,
        "told_invoices": tell(page.rows, day=timezone.localdate()),
        "csv_url": _address("providers:invoices_csv", request),
        "newer": _address("providers:invoices", request, newer=page.newer) if page.newer else "",
        "older": _address("providers:invoices", request, older=page.older) if page.older else "",
    }
    return render(request, "providers/invoices/list.html", context)


def _asked(request: HttpRequest) -> HttpResponse:
    """The address of what was asked for; what cannot be read is said at once, as it was typed."""
    form = FilterForm(request.POST)
    if not form.is_valid():
        return render(request, "providers/invoices/refused.html", {"form": form})
    said = {field: form.data.get(field, "").strip() for field in form.fields if field != "member"}
    said[PATIENT] = patients.keep(request, form.filters.member)
    return HttpResponseRedirect(_with(reverse("providers:invoices"), said))


def _form(request: HttpRequest) -> FilterForm:
    """The filters that the address says. A member number written in it by hand is not read."""
    said = {field: request.GET.get(field, "") for field in FilterForm.base_fields if field != "member"}
    return FilterForm(said | {"member": patients.read(request, request.GET.get(PATIENT, ""))})


def _address(name: str, request: HttpRequest, **more: object) -> str:
    """The address of a page with the same filters."""
    kept = (*(field for field in FilterForm.base_fields if field != "member"), PATIENT)
    return _with(reverse(name), {field: request.GET.get(field, "") for field in kept} | more)


def _with(address: str, said: dict[str, object] | dict[str, str]) -> str:
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


@require_safe
def invoice_export(request: HttpRequest) -> HttpResponseBase:
    """The same selection as a file. Refused filters go back to the page that explains them."""
    form = _form(request)
    if not form.is_valid():
        return HttpResponseRedirect(_address("providers:invoices", request))
    professional_id = grant_of(request).tenant_id
    file, count = documents.export(queries.selection(professional_id, form.filters))
    record(
        "invoices.exported", by=account_of(request), object_kind="professional", object_id=professional_id,
        details={"invoices": count},
    )  # fmt: skip
    return as_attachment(FileResponse(file, content_type="text/csv; charset=utf-8"), "factures.csv")


@require_safe
def invoice_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One invoice, in full. A colleague's is as unknown as one that never was."""
    professional_id = grant_of(request).tenant_id
    invoice = queries.invoice_of(professional_id, number)
    if invoice is None:
        raise Http404
    record("invoice.consulted", by=account_of(request), object_kind="invoice", object_id=invoice.pk)
    lines = queries.lines_of(invoice)
    sums = sums_of(lines)
    said = {"total": invoice.total, "scheme_part": invoice.scheme_part, "mutual_part": invoice.mutual_part}
    context = {
        "told": tell([invoice], day=timezone.localdate())[0],
        "invoice": invoice,
        "own": invoice.total - invoice.scheme_part - invoice.mutual_part,
        "lines": lines,
        "sums": sums,
        "differences": differences(sums, **said) if lines else [],
        "replaced": queries.replaced_by(invoice),
        "earlier": complaint_about(professional_id, number),
        "promises": settings.PAYMENT_PROMISES,
        "steps": steps_of(
            invoice.status,
            received_on=invoice.received_on,
            paid_on=invoice.paid_on,
            past=queries.past_of(invoice),
        ),
    }
    return render(request, "providers/invoices/detail.html", context)
