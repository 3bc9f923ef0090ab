"""Pages of 25 lines by key, newest care first: the cost of a page does not grow with its rank."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from members.benefits.models import BenefitLine

PAGE_SIZE = 25
MARK = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Mark:
    """A place in the list: the key of a line."""

    care_date: datetime.date
    id: int

    @classmethod
    def of(cls, line: BenefitLine) -> "Mark":
        return cls(line.care_date, line.pk)

    @classmethod
    def read(cls, written: str) -> "Mark | None":
        """The mark written in an address; None for anything else, which then counts for nothing."""
        found = MARK.fullmatch(written)
        if found is None:
            return None
        try:
            return cls(datetime.date.fromisoformat(found[1]), int(found[2]))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.care_date.isoformat()}.{self.id}"


@dataclass(frozen=True)
class Page:
    """One page, and the marks of its neighbours: `newer` to be put in the address as `newer`, `older` likewise."""

    lines: list[BenefitLine]
    newer: Mark | None
    older: Mark | None


def page_of(lines: QuerySet[BenefitLine], address: Mapping[str, str], *, newest_since: datetime.date) -> Page:
    """The page that the address asks for: older than `?older=`, newer than `?newer=`, or the newest. One query.

    `newest_since` (of `Totals`) keeps the newest page to the few months of care that it needs.
    """
    after, before = Mark.read(address.get("older", "")), Mark.read(address.get("newer", ""))
    if after is not None:
        older = Q(care_date__lt=after.care_date) | Q(care_date=after.care_date, id__lt=after.id)
        return _page(_take(lines.filter(older, care_date__lte=after.care_date)), comes_from_newer=True)
    if before is not None:
        newer = Q(care_date__gt=before.care_date) | Q(care_date=before.care_date, id__gt=before.id)
        found = _take(lines.filter(newer, care_date__gte=before.care_date).order_by("care_date", "id"))
        more = len(found) > PAGE_SIZE
        shown = found[:PAGE_SIZE][::-1]
        return Page(shown, newer=Mark.of(shown[0]) if more else None, older=Mark.of(shown[-1]) if shown else None)
    return _page(_take(lines.filter(care_date__gte=newest_since)), comes_from_newer=False)


def _take(lines: QuerySet[BenefitLine]) -> list[BenefitLine]:
    """One line more than a page: it says whether there is another."""
    return list(lines[: PAGE_SIZE + 1])


def _page(found: list[BenefitLine], *, comes_from_newer: bool) -> Page:
    shown = found[:PAGE_SIZE]
    return Page(
        shown,
        newer=Mark.of(shown[0]) if comes_from_newer and shown else None,
        older=Mark.of(shown[-1]) if len(found) > PAGE_SIZE else None,
    )
