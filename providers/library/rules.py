"""Which version of a text held for which agreement, and when. Pure: no database, no clock. Days include both ends."""

import datetime
from collections.abc import Iterable
from typing import Protocol


class Spell(Protocol):
    """From a day to another (None: still)."""

    @property
    def start_date(self) -> datetime.date: ...
    @property
    def end_date(self) -> datetime.date | None: ...


class Version(Protocol):
    """A dated version of a text."""

    @property
    def valid_from(self) -> datetime.date: ...
    @property
    def valid_to(self) -> datetime.date | None: ...


def in_force(text: Version, day: datetime.date) -> bool:
    return text.valid_from <= day and (text.valid_to is None or day <= text.valid_to)


def is_readable(text: Version, agreements: Iterable[Spell]) -> bool:
    """Whether the version held during one of the agreements, or will: a coming version is told ahead."""
    return any(_meet(text, agreement) for agreement in agreements)


def applies(text: Version, agreements: Iterable[Spell], day: datetime.date) -> bool:
    """Whether the version binds on a day: it is in force, and so is an agreement."""
    running = any(one.start_date <= day and (one.end_date is None or day <= one.end_date) for one in agreements)
    return running and in_force(text, day)


def _meet(text: Version, agreement: Spell) -> bool:
    begins_in_time = agreement.end_date is None or text.valid_from <= agreement.end_date
    return begins_in_time and (text.valid_to is None or text.valid_to >= agreement.start_date)
