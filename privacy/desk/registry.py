"""What a room of privacy tells the DPO's home, and who has registered."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step of what a clock counts down to."""

    words: str
    is_done: bool = False


@dataclass(frozen=True)
class Clock:
    """A delay counted in hours, such as the 72 hours of a breach. `sentence` begins the home: « Une violation à notifier
    avant », then `deadline` in words. `url` is where it is dealt with, `act` the words of that link."""

    title: str
    sentence: str
    begun_at: datetime.datetime
    due_at: datetime.datetime
    note: str
    url: str
    act: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Due:
    """Something due on a day of Paris; `due_on` None while its delay is suspended. `tone`: good, warn, bad or nothing."""

    title: str
    note: str
    url: str
    due_on: datetime.date | None
    received_on: datetime.date | None = None
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Facts:
    """A panel of pairs, with the state of the whole as a tag (words, tone) and a link."""

    pairs: tuple[tuple[str, str], ...]
    tag: tuple[str, str] | None = None
    link: tuple[str, str] | None = None


type Pairs = Sequence[tuple[str, str]]


def no_dues(_today: datetime.date) -> Sequence[Due]:
    return ()


def no_clocks(_now: datetime.datetime) -> Sequence[Clock]:
    return ()


def no_facts(_today: datetime.date) -> Facts | None:
    return None


def no_figures(_since: datetime.date, _until: datetime.date) -> Pairs:
    return ()


@dataclass(frozen=True)
class Source:
    """What a room has for the desk. `figures(since, until)`: its indicators of a period, `until` included, for management."""

    code: str
    heading: str
    dues: Callable[[datetime.date], Sequence[Due]] = no_dues
    clocks: Callable[[datetime.datetime], Sequence[Clock]] = no_clocks
    facts: Callable[[datetime.date], Facts | None] = no_facts
    figures: Callable[[datetime.date, datetime.date], Pairs] = no_figures


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a room's source, or put it in the place of the one that had its code."""
    _sources[source.code] = source


def sources() -> tuple[Source, ...]:
    """In the order in which they were registered."""
    return tuple(_sources.values())
