"""What a professional takes away of their money: invoices, their acts, transfers (« Tout télécharger »)."""

from collections.abc import Iterator

from portals.access.models import Grant
from portals.accounts.export.registry import Content
from providers.invoices.documents import export, export_lines
from providers.invoices.queries import invoices_of
from providers.transfers.documents import list_file


def payment_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one professional, oldest first. They are on the disk, not in memory."""
    invoices, _count = export(invoices_of(grant.tenant_id).order_by("received_on", "id"))
    yield "factures.csv", invoices
    lines, _count = export_lines(grant.tenant_id)
    yield "lignes-de-factures.csv", lines
    transfers, _count = list_file(grant.tenant_id)
    yield "versements.csv", transfers
