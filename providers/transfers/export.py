"""What a professional takes away of their money: invoices, their acts, transfers (« Tout télécharger »)."""

from collections.abc import Iterator

from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from providers.contact.models import PaymentComplaint
from providers.invoices.documents import export, export_lines
from providers.invoices.queries import invoices_of
from providers.permissions import ServiceCode, may_use
from providers.transfers.documents import list_file

COMPLAINT_HEADINGS = ("Facture", "Réclamation", "Le")


def payment_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one professional, oldest first, as far as the grant shows them. The long ones are on the disk."""
    if not may_use(grant, ServiceCode.INVOICES):
        return
    invoices, _count = export(invoices_of(grant.tenant_id).order_by("received_on", "id"))
    yield "factures.csv", invoices
    lines, _count = export_lines(grant.tenant_id)
    yield "lignes-de-factures.csv", lines
    transfers, _count = list_file(grant.tenant_id)
    yield "versements.csv", transfers
    complaints = list(PaymentComplaint.objects.filter(professional=grant.tenant_id).order_by("opened_at", "pk"))
    if complaints:
        rows = (
            [text_cell(one.invoice_number), one.thread_number, date_cell(local_date(one.opened_at))]
            for one in complaints
        )
        yield "contestations.csv", sheet(COMPLAINT_HEADINGS, rows)
