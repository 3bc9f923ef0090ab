"""The looks that a person takes away (« Tout télécharger »)."""

from collections.abc import Iterator

from django.utils import timezone

from members.households.rules import Viewpoint
from members.rights.models import RightsLook
from members.rights.queries import looks_seen
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = ("Vérifiés le", "Pour des soins du", "N° de réponse", "Cabinet", "Profession", "Commune")


def looks_files(viewpoint: Viewpoint) -> Iterator[tuple[str, Content]]:
    """One file; none when nobody asked."""
    looks = list(looks_seen(viewpoint))
    if looks:
        yield "verifications-de-droits.csv", sheet(HEADINGS, (_row(look) for look in looks))


def _row(look: RightsLook) -> tuple[str, ...]:
    return (
        date_cell(timezone.localdate(look.at)),
        date_cell(look.on_day),
        text_cell(look.reference),
        text_cell(look.practice_name),
        text_cell(look.profession),
        text_cell(look.place),
    )
