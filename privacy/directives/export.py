"""What « Tout télécharger » gives back: every version, as it was written."""

from collections.abc import Iterator

from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.registry import Content as Exported
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.consents.holders import holder_of_grant
from privacy.directives.contents import Contact, content_of
from privacy.directives.models import Directives
from privacy.directives.queries import versions_of

HEADINGS = (
    "Version", "Date", "Écrite par", "Décisions", "Données remises à", "Personne chargée d’y veiller", "Tiers de confiance",
    "Accord donné",
)  # fmt: skip


def directives_files(grant: Grant) -> Iterator[tuple[str, Exported]]:
    """One line a version; nothing to whoever acts for somebody else."""
    if grant.represents:
        return
    with isolation.system():  # those of an account of another space belong to no tenant; filtered by the grant
        lines = [_line(version) for version in versions_of(holder_of_grant(grant))]
    if lines:
        yield "directives-apres-deces.csv", sheet(HEADINGS, lines)


def _line(version: Directives) -> list[str]:
    content = content_of(version)
    head = [
        str(version.number), date_cell(timezone.localdate(version.at)), version.get_capacity_display(),
    ]  # fmt: skip
    if content is None:
        return [*head, "révoquées", "", "", "", ""]
    return [
        *head,
        text_cell("\u202f; ".join(f"{label}\u00a0: {fate}" for label, fate in content.lines)),
        text_cell(_reached(content.recipient)),
        text_cell(_reached(content.executor)),
        text_cell(f"{content.general.holder} {content.general.reference}".strip()),
        text_cell(version.consent),
    ]


def _reached(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.email, contact.address) if part)
