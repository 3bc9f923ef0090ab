"""What a company takes away of its bank details (« Tout télécharger »): the changes, masked as pages show them."""

from collections.abc import Iterator

from employers.permissions import ServiceCode, may_see
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = ("Demandé le", "Ancien compte", "Nouveau compte", "Banque", "Approuvé le", "Fait le", "Annulé le", "Motif")


def bank_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One table, for an administrator, once something was asked."""
    if not may_see(grant, ServiceCode.BANK_DETAILS):
        return
    rows = list(history_of(grant.space, grant.subject_id))
    if rows:
        yield "changements-de-compte.csv", sheet(HEADINGS, (_row(change) for change in rows))


def _row(change: BankChange) -> list[str]:
    dates = [
        date_cell(local_date(instant) if instant else None)
        for instant in (change.approved_at, change.done_at, change.cancelled_at)
    ]
    return [
        date_cell(local_date(change.asked_at)),
        text_cell(change.old_masked),
        text_cell(change.new_masked),
        text_cell(change.new_bank),
        *dates,
        change.get_cancelled_for_display(),
    ]
