"""What waits for the person on the home page. Each room adds its own entries: at most one query for each source."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

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

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """From an app's `ready()`. The same name again replaces the first one."""
    _sources[name] = source


def waiting_for(viewpoint: Viewpoint) -> list[Told]:
    """Every source's entries: late ones first, then the nearest."""
    entries = [entry for source in _sources.values() for entry in source(viewpoint)]
    told = [Told(entry, entry.days_left(viewpoint.day)) for entry in entries]
    return sorted(told, key=lambda one: -1 if one.days is None else one.days)
