"""What « Tout télécharger » gives back of the choices."""

from collections.abc import Iterator

from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.consents.holders import holder_of_grant
from privacy.consents.queries import history_of

HEADINGS = ("Date", "Sujet", "Canal", "Décision", "Qui a choisi", "Reçu par", "Version du texte", "Texte montré")


def choice_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The whole ledger of whom the grant acts for; nothing when it is empty.

    The choices of an account of another space belong to no tenant, so the row context is the system's; they are
    filtered by the grant.
    """
    with isolation.system():
        choices = list(history_of(holder_of_grant(grant)))
    if choices:
        rows = (
            [
                date_cell(timezone.localdate(choice.at)),
                text_cell(choice.text.label),
                choice.get_channel_display(),
                choice.get_decision_display(),
                choice.get_capacity_display(),
                choice.get_way_display(),
                str(choice.text.number),
                text_cell(choice.text.text),
            ]
            for choice in choices
        )
        yield "choix-sur-mes-donnees.csv", sheet(HEADINGS, rows)
