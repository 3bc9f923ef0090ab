"""Pages of 25 rows by key, newest first: the cost of a page does not grow with its rank."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE_SIZE = 25
MARK = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Mark:
    """A place in a list: the day by which it is ordered, and the key of the row."""

    day: datetime.date
    id: int

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
        return f"{self.day.isoformat()}.{self.id}"


@dataclass(frozen=True)
class Page[M: Model]:
    """One page, and the marks of its neighbours, to be put in the address as `newer` and `older`."""

    rows: list[M]
    newer: Mark | None
    older: Mark | None


def page_of[M: Model](rows: QuerySet[M], address: Mapping[str, str], *, by: str) -> Page[M]:
    """The page that the address asks for: older than `?older=`, newer than `?newer=`, or the newest.

    `by` is the date by which the rows are ordered, with their id. One query; two when an old address leads nowhere.
    """
    after, before = Mark.read(address.get("older", "")), Mark.read(address.get("newer", ""))
    newest_first = rows.order_by(f"-{by}", "-id")
    if after is not None:
        found = _older(newest_first, by, after)
        if found:
            return _page(found, by, comes_from_newer=True)
    elif before is not None:
        newer = TupleGreaterThan(Tuple(by, "id"), (before.day, before.id))
        found = list(rows.filter(newer).order_by(by, "id")[: PAGE_SIZE + 1])
        if found:
            shown = found[:PAGE_SIZE][::-1]
            more = len(found) > PAGE_SIZE
            return Page(shown, _mark(shown[0], by) if more else None, _mark(shown[-1], by))
    return _page(list(newest_first[: PAGE_SIZE + 1]), by, comes_from_newer=False)


def _older[M: Model](rows: QuerySet[M], by: str, after: Mark) -> list[M]:
    """One row more than a page: it says whether there is another."""
    return list(rows.filter(TupleLessThan(Tuple(by, "id"), (after.day, after.id)))[: PAGE_SIZE + 1])


def _page[M: Model](found: list[M], by: str, *, comes_from_newer: bool) -> Page[M]:
    shown = found[:PAGE_SIZE]
    return Page(
        shown,
        newer=_mark(shown[0], by) if comes_from_newer and shown else None,
        older=_mark(shown[-1], by) if len(found) > PAGE_SIZE else None,
    )


def _mark(row: Model, by: str) -> Mark:
    return Mark(getattr(row, by), row.pk)
