"""What the spaces tell of persons and of looks that the journal does not name by itself.

The core knows no insured person: the member space registers whose looks an account may read, and what professionals
were shown; each space may register how the DPO finds persons by name or number.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portals.access.models import Grant
from portals.accounts.models import Space


@dataclass(frozen=True)
class Whose:
    """A person whose looks may be read. `is_viewer`: the person whose space it is."""

    id: int
    name: str
    is_viewer: bool


@dataclass(frozen=True)
class OtherLook:
    """A look that its room keeps: who (an organisation or a function, never staff by name), what, and why."""

    at: datetime.datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class Source:
    """Of one space. Both run in the row-level context of the grant.

    `persons`: whose looks the grant may read, the viewer first. `looks`: of a person, since and until, newest first.
    """

    persons: Callable[[Grant], Sequence[Whose]]
    looks: Callable[[Grant, int, datetime.datetime, datetime.datetime], Sequence[OtherLook]]


@dataclass(frozen=True)
class Found:
    """A person as the DPO's search shows them. `words` tells two namesakes apart, without a word on health."""

    id: int
    name: str
    words: str


type Finder = Callable[[str], Sequence[Found]]
"""`(name or number)`: the persons who have it, in the staff's scope of the database."""

_sources: dict[str, Source] = {}
_finders: list[Finder] = []


def register(space: Space, source: Source) -> None:
    """Called once per space, from `AppConfig.ready`."""
    _sources[space] = source


def register_finder(finder: Finder) -> None:
    """Called from `AppConfig.ready`."""
    if finder not in _finders:
        _finders.append(finder)


def source_of(space: str) -> Source | None:
    return _sources.get(space)


def find_persons(text: str) -> list[Found]:
    """Whoever has this name or number, in the order of the spaces."""
    return [found for finder in _finders for found in finder(text)]
