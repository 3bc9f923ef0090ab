"""The transfers of a professional (CGU-3.22): the list, one transfer with its invoices, its files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, grant_of
from portals.documents.actions import as_attachment
from privacy.audit import record
from providers.agreements.models import Professional
from providers.invoices.paging import page_of
from providers.invoices.telling import tell
from providers.transfers import documents, queries
from providers.transfers.rules import Reconciled

CSV = "text/csv; charset=utf-8"


@require_safe
def transfer_list(request: HttpRequest) -> HttpResponse:
    """The transfers, newest first, each beside what its invoices add up to."""
    professional_id = grant_of(request).tenant_id
    page = page_of(queries.transfers_of(professional_id), request.GET, by="paid_on")
    address = reverse("providers:transfers")
    record(
        "transfers.listed", by=account_of(request), object_kind="professional", object_id=professional_id,
        details={"transfers": len(page.rows)},
    )  # fmt: skip
    context = {
        "transfers": queries.reconcile(page.rows),
        "is_first_page": page.newer is None,
        "awaited": queries.awaited(professional_id),
        "newer": f"{address}?newer={page.newer}" if page.newer else "",
        "older": f"{address}?older={page.older}" if page.older else "",
    }
    return render(request, "providers/transfers/list.html", context)


@require_safe
def transfer_list_export(request: HttpRequest) -> HttpResponseBase:
    """Every transfer as a file."""
    professional_id = grant_of(request).tenant_id
    file, count = documents.list_file(professional_id)
    record(
        "transfers.exported", by=account_of(request), object_kind="professional", object_id=professional_id,
        details={"transfers": count},
    )  # fmt: skip
    return as_attachment(FileResponse(file, content_type=CSV), "versements.csv")


@require_safe
def transfer_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """What a transfer pays, and whether it adds up."""
    one = _own_transfer(request, ref)
    page = page_of(queries.invoices_in(one.transfer), request.GET, by="received_on")
    record("transfer.consulted", by=account_of(request), object_kind="transfer", object_id=one.transfer.pk)
    address = reverse("providers:transfer", args=[ref])
    context = {
        "one": one,
        "transfer": one.transfer,
        "told_invoices": tell(page.rows, day=timezone.localdate()),
        "newer": f"{address}?newer={page.newer}" if page.newer else "",
        "older": f"{address}?older={page.older}" if page.older else "",
    }
    return render(request, "providers/transfers/detail.html", context)


@require_safe
def transfer_csv(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The reconciliation of one transfer."""
    one = _own_transfer(request, ref)
    file, count = documents.reconciliation_file(one)
    record(
        "transfer.exported", by=account_of(request), object_kind="transfer", object_id=one.transfer.pk,
        details={"invoices": count},
    )  # fmt: skip
    return as_attachment(FileResponse(file, content_type=CSV), f"{documents.filename_of(one)}.csv")


@require_safe
def transfer_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """The same as a document that anybody can check."""
    one = _own_transfer(request, ref)
    by = account_of(request)
    professional = get_object_or_404(Professional, pk=one.transfer.professional_id)
    content = documents.advice_pdf(one, professional, by=by)
    record("transfer.downloaded", by=by, object_kind="transfer", object_id=one.transfer.pk)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), f"{documents.filename_of(one)}.pdf")


def _own_transfer(request: HttpRequest, ref: str) -> Reconciled:
    """A colleague's is as unknown as one that never was."""
    transfer = queries.transfer_of(grant_of(request).tenant_id, ref)
    if transfer is None:
        raise Http404
    return queries.reconcile([transfer])[0]
