"""What waits for the person on the home page. Each room adds its own entries.

Rooms that say what waits as rows (`register_rows`) are read together, in one query; a source that makes its entries
itself (`register`) costs at most one more.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from members.households.rules import Viewpoint

SOON = 10  # days


@dataclass(frozen=True)
class Waiting:
    """Something to do: the verb is in `title`, which links to `url`. `due` is the last day, None when it is late already.

    No care in it: the page may be read over a shoulder, and the entries of a representative are the person's.
    """

    title: str
    url: str
    words: str
    due: datetime.date | None = None

    def days_left(self, today: datetime.date) -> int | None:
        return None if self.due is None else (self.due - today).days


@dataclass(frozen=True)
class Told:
    """An entry as a day tells it."""

    entry: Waiting
    days: int | None

    @property
    def is_late(self) -> bool:
        return self.days is None or self.days < 0

    @property
    def is_soon(self) -> bool:
        return self.days is not None and self.days <= SOON


type Source = Callable[[Viewpoint], list[Waiting]]


@dataclass(frozen=True)
class RowSource:
    """Rows of one room: a number, a text and a day of each, and the entry that they make.

    `tell(viewpoint, number, text, day)`. `text` and `day` are expressions of the query set, None for nothing.
    """

    rows: Callable[[Viewpoint], QuerySet[Any, Any]]
    tell: Callable[[Viewpoint, int, str, datetime.date | None], Waiting]
    number: str = "pk"
    text: Combinable | None = None
    day: Combinable | None = None

    def read(self, name: str, viewpoint: Viewpoint) -> QuerySet[Any, Any]:
        """The same columns as every other source, so that they can be read in one query."""
        return (
            self.rows(viewpoint)
            .order_by()
            .values_list(
                Value(name, CharField()),
                Cast(F(self.number), BigIntegerField()),
                Cast(self.text or Value(""), CharField()),
                Cast(self.day or Value(None), DateField()),
            )
        )


_sources: dict[str, Source] = {}
_row_sources: dict[str, RowSource] = {}


def register(name: str, source: Source) -> None:
    """From an app's `ready()`. The same name again replaces the first one."""
    _sources[name] = source


def register_rows(name: str, source: RowSource) -> None:
    """From an app's `ready()`. The same name again replaces the first one."""
    _row_sources[name] = source


def waiting_for(viewpoint: Viewpoint) -> list[Told]:
    """Every source's entries: late ones first, then the nearest."""
    entries = [*_told_rows(viewpoint), *(entry for source in _sources.values() for entry in source(viewpoint))]
    told = [Told(entry, entry.days_left(viewpoint.day)) for entry in entries]
    return sorted(told, key=lambda one: -1 if one.days is None else one.days)


def _told_rows(viewpoint: Viewpoint) -> list[Waiting]:
    """The entries of every source of rows. One query, none without a source."""
    parts = [source.read(name, viewpoint) for name, source in _row_sources.items()]
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)
    return [_row_sources[name].tell(viewpoint, number, text, day) for name, number, text, day in rows]
