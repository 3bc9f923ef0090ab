"""When the charter is to be acknowledged. Pure: days of Paris in, days out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LASTS = datetime.timedelta(days=365)
GRACE = datetime.timedelta(days=14)
"""Days after the due day during which the rights still switch on, with a warning."""
EARLY = datetime.timedelta(days=30)
"""From so many days before the due day on, the charter may be acknowledged anew."""
STAGES = (0, 7, 30)
"""Days before the due day on which somebody is written to."""


class State(StrEnum):
    NEVER = "never"
    FINE = "fine"
    GRACE = "grace"
    LATE = "late"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {State.NEVER: "Jamais", State.FINE: "À jour", State.GRACE: "À renouveler", State.LATE: "En retard"}


@dataclass(frozen=True)
class Standing:
    """Where somebody stands. `blocked_on`: the first day without rights; both days are None before the first time."""

    state: State
    due_on: datetime.date | None = None
    blocked_on: datetime.date | None = None
    asked: bool = False

    @property
    def blocks(self) -> bool:
        return self.state in {State.NEVER, State.LATE}


def standing(
    acknowledged: tuple[int, datetime.date] | None, versions: Iterable[tuple[int, datetime.date]], today: datetime.date
) -> Standing:
    """Where somebody stands today.

    `acknowledged`: the version last acknowledged and the day; `versions`: number and first day of each version. The due
    day is a year after, or the first day of the earliest version that came since.
    """
    known = list(versions)
    if not known:
        return Standing(State.FINE)
    if acknowledged is None:
        return Standing(State.NEVER, asked=True)
    number, day = acknowledged
    due = min([day + LASTS, *(effective for newer, effective in known if newer > number)])
    blocked = due + GRACE
    if today < due:
        is_new = any(newer > number for newer, _effective in known)
        return Standing(State.FINE, due, blocked, asked=is_new or today >= due - EARLY)
    return Standing(State.GRACE if today < blocked else State.LATE, due, blocked, asked=True)


def stage(due_on: datetime.date, today: datetime.date) -> int | None:
    """Which reminder is to have left by today; None before the first. A missed night sends the one that counts."""
    left = (due_on - today).days
    return next((days for days in STAGES if left <= days), None)
