"""The part of the package that people read: what we hold, why, for how long, and what one may do about it (PDF/UA)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.access.models import Grant
from portals.access.switching import label_of_grant
from portals.accounts.export.registry import notices_of
from portals.accounts.export.telling import Column, columns_of, words
from portals.accounts.export.writing import Chapter
from portals.accounts.models import Account

MACHINE_ONLY = (
    "search_", "folded_", "content_sha", "text_sha", "session_hash", "payload", "tenant_id", "subject_id", "account_id",
    "object_", "terms_number",
)  # fmt: skip
"""How the fields begin that only serve programs: the tables and the JSON have them."""


@dataclass(frozen=True)
class Part:
    """What a folder of the package holds. `grant` None: the account itself."""

    grant: Grant | None
    folder: str
    chapters: Sequence[Chapter]

    @property
    def filled(self) -> list["PrintedChapter"]:
        return [PrintedChapter(chapter) for chapter in self.chapters if chapter.count]

    @property
    def empty(self) -> list[str]:
        return sorted({chapter.told.title for chapter in self.chapters if not chapter.count})

    @property
    def title(self) -> str:
        if self.grant is None:
            return "Votre compte"
        label = label_of_grant(self.grant)
        return label.name if label else self.grant.get_space_display()


class PrintedChapter:
    """A model as it is printed: its latest rows, in words."""

    def __init__(self, chapter: Chapter) -> None:
        self.title, self.count, self.rest, self.table = chapter.told.title, chapter.count, chapter.rest, chapter.table
        columns = [column for column in columns_of(chapter.told.model) if _is_for_people(column)]
        self.rows = [_pairs(columns, values) for values in reversed(chapter.latest)]


def data_pdf(account: Account, parts: Sequence[Part]) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

    context = {
        "account": account,
        "parts": parts,
        "notices": notices_of(account.space),
        "made_at": timezone.now(),
        "organisation": settings.ORGANISATION_FACTS,
        "space": account.space,
    }
    return render_pdf(render_to_string("portals/export/data.html", context))


def _is_for_people(column: Column) -> bool:
    return (column.is_account or not column.is_relation) and not column.name.startswith(MACHINE_ONLY)


def _pairs(columns: Sequence[Column], values: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and words of what is not empty. What holds other values inside is in the JSON."""
    told = [(column, values.get(column.name)) for column in columns]
    return [(column.label, words(column, value)) for column, value in told if _is_told(value)]


def _is_told(value: Any) -> bool:
    if isinstance(value, dict):
        return False
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value) and bool(value)
    return value not in (None, "")
