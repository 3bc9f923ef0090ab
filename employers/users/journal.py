"""What a filing agent did for a company, read in the operations journal: the company sees it, in words."""

import datetime
from dataclasses import dataclass

from portals.access.models import Basis
from portals.accounts.models import Space
from privacy.models import Entry

SHOWN = 25
WORDS = {
    "company.viewed": "A consulté l’accueil de votre espace",
    "document.downloaded": "A téléchargé un document",
    "slips.listed": "A consulté vos bordereaux de cotisations",
    "slip.consulted": "A consulté un bordereau de cotisations",
    "slip.downloaded": "A téléchargé un bordereau de cotisations",
    "slip_line.consulted": "A regardé une ligne de bordereau",
    "slip_line.disputed": "A contesté une ligne de bordereau",
}
OTHER = "A fait une autre opération"
REFUSED = "A été arrêté par les droits de son mandat"


@dataclass(frozen=True)
class Operation:
    """One line: when, what, and the reference by which support finds it."""

    at: datetime.datetime
    words: str
    reference: str


def operations_of(account_id: int, company_id: int) -> list[Operation]:
    """The last operations that an account did for a company by mandate, latest first."""
    entries = Entry.objects.filter(
        space=Space.EMPLOYER, tenant_id=company_id, account_id=account_id, acting_as=Basis.MANDATE
    )
    return [
        Operation(entry.at, WORDS.get(entry.action, OTHER) if entry.result == "done" else REFUSED, entry.reference)
        for entry in entries.order_by("-at")[:SHOWN]
    ]
