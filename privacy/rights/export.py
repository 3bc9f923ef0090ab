"""What « Tout télécharger » says of the requests: each of them, its steps and its answer."""

from collections.abc import Iterator

from django.db.models import Q

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.rights.models import RightsRequest, Whom
from privacy.rights.sealing import answer_of, words_of

HEADINGS = ("Numéro", "Droit", "Voie", "Reçue le", "À répondre avant le", "État", "Issue", "Demande", "Réponse")


def request_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """What the account asked for by this grant; nothing when there is nothing."""
    represented = Q(whom=Whom.REPRESENTED)
    mine = represented & Q(subject_id=grant.subject_id) if grant.represents else ~represented
    with isolation.system():  # these rows are the account's, and an archive is made in the context of a tenant
        rows = list(RightsRequest.objects.filter(mine, account=grant.account_id).order_by("pk"))
        lines = [_line(row) for row in rows]
    if lines:
        yield "demandes-de-droits.csv", sheet(HEADINGS, lines)


def _line(row: RightsRequest) -> list[str]:
    return [
        row.number,
        row.get_right_display(),
        row.get_channel_display(),
        date_cell(row.received_on),
        date_cell(row.due_on),
        row.get_state_display(),
        row.get_outcome_display() if row.outcome else "",
        text_cell(words_of(row)),
        text_cell(answer_of(row)),
    ]
