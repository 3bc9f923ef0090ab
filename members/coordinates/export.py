"""What changed in a person's coordinates, and in the contracts of a member, for « Tout télécharger »."""

from collections.abc import Iterator

from members.coordinates.models import ContactChange
from members.coordinates.rules import CONTACT
from members.households.rules import Viewpoint
from members.termination.queries import terminations_of
from portals.accounts.export.registry import Content
from portals.accounts.models import Space
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

BANK_HEADINGS = ("Demandé le", "Ancien compte", "Nouveau compte", "Banque", "État", "Le")
CONTACT_FIELDS = ("Adresse", "Complément", "Code postal", "Commune", "Pays", "Téléphone")
CONTACT_HEADINGS = (
    "Modifié le", *(f"{name} avant" for name in CONTACT_FIELDS), *(f"{name} après" for name in CONTACT_FIELDS),
    "Annulé le",
)  # fmt: skip
TERMINATION_HEADINGS = ("Demande", "Contrat", "Reçue le", "Dernier jour", "État", "Réponse")


def coordinates_files(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """The viewer's own changes, and a member's terminations; only the files that have a line."""
    banks = list(history_of(Space.MEMBER, view.viewer.id))
    if banks:
        yield "comptes-bancaires.csv", sheet(BANK_HEADINGS, (_bank_row(one) for one in banks))
    contacts = list(ContactChange.objects.filter(person_id=view.viewer.id).order_by("changed_at", "pk"))
    if contacts:
        yield "adresses.csv", sheet(CONTACT_HEADINGS, (_contact_row(one) for one in contacts))
    asked = list(terminations_of(view))
    if asked:
        rows = (
            [
                one.number, text_cell(one.policy.policy_number), date_cell(local_date(one.received_at)),
                date_cell(one.ends_on), one.get_state_display(), text_cell(one.answer),
            ]
            for one in asked
        )  # fmt: skip
        yield "resiliations.csv", sheet(TERMINATION_HEADINGS, rows)


def _bank_row(change: BankChange) -> list[str]:
    return [
        date_cell(local_date(change.asked_at)),
        text_cell(change.old_masked),
        text_cell(change.new_masked),
        text_cell(change.new_bank),
        change.state,
        date_cell(local_date(change.decided_at)) if change.decided_at else "",
    ]


def _contact_row(change: ContactChange) -> list[str]:
    values = [text_cell(side.get(name, "")) for side in (change.before, change.after) for name in CONTACT]
    undone = date_cell(local_date(change.undone_at)) if change.undone_at else ""
    return [date_cell(local_date(change.changed_at)), *values, undone]
