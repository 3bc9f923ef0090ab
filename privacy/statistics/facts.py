"""What an edition is folded from. Rooms above privacy register where their facts come from; none of it is kept here."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Group(NamedTuple):
    """What a statistic may say of a person, and nothing finer. `age` is the first year of a band of ten."""

    age: str
    sex: str
    region: str
    plan: str


class Atom(NamedTuple):
    """The finest thing that may be told: the care of one family, for one group."""

    family: str
    group: Group


@dataclass(frozen=True, slots=True)
class Fact:
    """What was paid for one person, in one family of care, under one plan, in the month. Amounts in cents."""

    person: int
    household: int
    atom: Atom
    acts: int
    expense: int
    mutual: int


@dataclass(frozen=True)
class Told:
    """A month of facts; who was covered, by group; and the words of the codes, which are the only ones allowed."""

    facts: Sequence[Fact]
    covered: Mapping[Group, frozenset[int]]
    families: Mapping[str, str]
    plans: Mapping[str, str]


type Read = Callable[[datetime.date, datetime.date], Told]
"""The facts between two days, both included. Called in the system's row context."""


@dataclass(frozen=True)
class Source:
    """`code` names it in the figures for ever; `label` is for people."""

    code: str
    label: str
    read: Read


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Called from `AppConfig.ready`."""
    _sources[source.code] = source


def sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def source_of(code: str) -> Source:
    """Raises KeyError for a source that this release does not have."""
    return _sources[code]
