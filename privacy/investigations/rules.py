"""When a file is destroyed. Pure.

A fraud without follow-up goes six months later; one whose sums are recovered, five years (code civil, art. 2224); a
complaint or an action, six years (code de procédure pénale, art. 8). Vigilance is kept for five years from the end of the
relation, or from the end of the file when that is later (code monétaire et financier, art. L. 561-12).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from portals.dates import months_after
from privacy.investigations.models import Decision, Kind

MONTHS = {
    Decision.NO_FOLLOW_UP: 6,
    Decision.RECOVERY: 60,
    Decision.COMPLAINT: 72,
    Decision.COURT: 72,
}
VIGILANCE_MONTHS = 60
OPEN_MONTHS = 6
"""A file that is open for longer is on the desk: it is to be concluded, or its reason said again."""


@dataclass(frozen=True)
class Relation:
    """Of one subject of the file: it goes on, or ended on a day; neither when there is none."""

    is_running: bool = False
    ended_on: datetime.date | None = None


def purge_day(
    kind: str, decision: str, closed_on: datetime.date, relations: Iterable[Relation] = ()
) -> datetime.date | None:
    """The first day without the file; None while nobody can know it: a relation goes on."""
    if kind == Kind.FRAUD:
        return months_after(closed_on, MONTHS[Decision(decision)])
    known = list(relations)
    if any(one.is_running for one in known):
        return None
    last = max([closed_on, *(one.ended_on for one in known if one.ended_on)])
    return months_after(last, VIGILANCE_MONTHS)


def is_slow(opened_on: datetime.date, today: datetime.date) -> bool:
    return today >= months_after(opened_on, OPEN_MONTHS)
