"""What somebody did at a practice, read in the operations journal: the professional sees it, in words."""

import datetime
from dataclasses import dataclass

from portals.accounts.models import Space
from privacy.models import Entry

SHOWN = 25
WORDS = {
    "professional.viewed": "A ouvert l’accueil de votre espace",
    "rights.looked_up": "A vérifié des droits",
    "rights.over_quota": "A voulu vérifier des droits au-delà du quota",
    "invoices.listed": "A consulté la liste de vos factures",
    "invoices.exported": "A téléchargé la liste de vos factures",
    "invoice.consulted": "A consulté une facture",
    "invoice.complained": "A contesté le paiement d’une facture",
    "transfers.listed": "A consulté vos versements",
    "transfers.exported": "A téléchargé la liste de vos versements",
    "transfer.consulted": "A consulté un versement",
    "transfer.exported": "A téléchargé le détail d’un versement",
    "transfer.downloaded": "A téléchargé un avis de versement",
    "agreement.consulted": "A consulté votre convention",
    "agreement.certified": "A téléchargé une attestation de convention",
    "agreement_texts.listed": "A consulté les textes de votre convention",
    "agreement_text.downloaded": "A téléchargé un texte de votre convention",
    "messages.listed": "A consulté ses messages",
    "message.sent": "Nous a écrit",
    "complaint.sent": "A fait une réclamation",
    "account.sign_in": "S’est connecté",
    "account.sign_out": "S’est déconnecté",
    "delegate.joined": "A accepté votre invitation",
}
OTHER = "A fait une autre opération"
REFUSED = "A été arrêté par ses droits"


@dataclass(frozen=True)
class Operation:
    """One line: when, what, and the reference by which support finds it."""

    at: datetime.datetime
    words: str
    reference: str


def operations_of(account_id: int, professional_id: int) -> list[Operation]:
    """The last operations of an account at a practice, latest first. Of patients, nothing is said."""
    entries = Entry.objects.filter(space=Space.PROFESSIONAL, tenant_id=professional_id, account_id=account_id)
    return [
        Operation(entry.at, WORDS.get(entry.action, OTHER) if entry.result == "done" else REFUSED, entry.reference)
        for entry in entries.order_by("-at")[:SHOWN]
    ]
