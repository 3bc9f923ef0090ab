"""« Avant la paie »: what each room says is unfinished for a company, on its home page.

A room says it as rows, so that all rooms are read together, in one query.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from employers.permissions import ServiceCode
from portals.access.models import Grant
from portals.access.services import is_allowed, services_of
from portals.accounts.models import Account, Space


@dataclass(frozen=True)
class Task:
    """Something to do. `title` begins with a verb and is the link; `due` is its last day, None when there is none."""

    title: str
    url: str
    words: str
    due: datetime.date | None = None

    def days_left(self, today: datetime.date) -> int | None:
        return None if self.due is None else (self.due - today).days


class Asked(NamedTuple):
    """Who reads the home page, for which company, and when (a day of Paris)."""

    grant: Grant
    account: Account
    today: datetime.date

    @property
    def company_id(self) -> int:
        return self.grant.tenant_id


class Found(NamedTuple):
    """A row of a room: what it is about, as the room wrote it down."""

    number: int
    text: str
    day: datetime.date | None


@dataclass(frozen=True)
class Rows:
    """Rows of one room, and which of their expressions make a `Found`. Nothing is read yet."""

    rows: QuerySet[Any, Any]
    number: str = "pk"
    text: Combinable | None = None
    day: Combinable | None = None

    def read(self, name: str) -> QuerySet[Any, Any]:
        """The same columns for every room."""
        return self.rows.order_by().values_list(
            Value(name, CharField()),
            Cast(F(self.number), BigIntegerField()),
            Cast(self.text or Value(""), CharField()),
            Cast(self.day or Value(None), DateField()),
        )


@dataclass(frozen=True)
class Source:
    """One room's tasks: what is read, and the task that a row makes (None: nothing for this person)."""

    code: ServiceCode
    rows: Callable[[Asked], Sequence[Rows]]
    tell: Callable[[Asked, Found], Task | None]


_sources: dict[str, Source] = {}


def register(
    name: str,
    code: ServiceCode,
    *,
    rows: Callable[[Asked], Sequence[Rows]],
    tell: Callable[[Asked, Found], Task | None],
) -> None:
    """Make a room's tasks known; it is asked for grants that may change its service. Rooms call it when imported."""
    _sources[name] = Source(code, rows, tell)


def tasks_of(grant: Grant, account: Account, today: datetime.date) -> list[Task]:
    """Every task of a company for one account, the soonest first. One query, and what a room's `tell` asks."""
    asked = Asked(grant, account, today)
    services = {service.code: service for service in services_of(Space.EMPLOYER)}
    open_sources = {
        name: source
        for name, source in sorted(_sources.items())
        if source.code in services and is_allowed(grant, services[source.code], changes=True)
    }
    parts = [rows.read(name) for name, source in open_sources.items() for rows in source.rows(asked)]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True)
    told = [open_sources[name].tell(asked, Found(*row)) for name, *row in found]
    return sorted((task for task in told if task), key=lambda task: (task.due or datetime.date.max, task.title))
