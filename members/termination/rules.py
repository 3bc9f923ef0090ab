"""When an individual policy may be ended, and on which day. Pure: no database, no clock. Days are of Europe/Paris.

Sources: loi 2019-733 du 14 juillet 2019 and décret 2020-1438 (any time once a year has passed since the first
subscription, no fee, effect one month after receipt); loi 2022-1158 du 16 août 2022 (to do it online is as easy as to
subscribe). A group contract is its employer's to end.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portals.dates import months_after

DAY = datetime.timedelta(days=1)
FIRST_MONTHS = 12
NOTICE_MONTHS = 1
AHEAD_MONTHS = 12
"""How far ahead a last day may be chosen."""


class Obstacle(StrEnum):
    """Why a policy cannot be ended here and now."""

    GROUP = "group"
    FIRST_YEAR = "first_year"
    ENDED = "ended"
    ASKED = "asked"
    NOT_HOLDER = "not_holder"
    REPRESENTED = "represented"


class DayRefused(ValueError):
    """The last day that was chosen is before the earliest or after the latest."""


@dataclass(frozen=True)
class PolicyFacts:
    """What the rules ask of a policy. `end` is its last day, None while it runs."""

    id: int
    number: str
    plan: str
    start: datetime.date
    end: datetime.date | None
    is_group: bool
    is_asked: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a policy stands: what keeps it from being ended, or the first last day that can be had.

    `opens_on`: the first day on which it may be asked, when that is all that is missing.
    """

    policy: PolicyFacts
    obstacle: Obstacle | None
    earliest: datetime.date
    latest: datetime.date
    opens_on: datetime.date


def first_subscription(policy: PolicyFacts, policies: Iterable[PolicyFacts]) -> datetime.date:
    """The first day of the individual policies that follow one another without a gap up to this one.

    A change of plan does not make a year begin again.
    """
    start = policy.start
    before = [other for other in policies if other.id != policy.id and not other.is_group and other.end is not None]
    while True:
        touching = [other.start for other in before if other.end and other.start < start <= other.end + DAY]
        if not touching:
            return start
        start = min(touching)


def last_day(received_on: datetime.date) -> datetime.date:
    """The last day of cover for a request received on this day: one month later, date to date, that day included."""
    return months_after(received_on, NOTICE_MONTHS)


def standing_of(
    policy: PolicyFacts,
    policies: Iterable[PolicyFacts],
    *,
    today: datetime.date,
    is_holder: bool,
    is_represented: bool,
) -> Standing:
    """Whether this policy may be ended today, by whom, and on which days."""
    opens_on = months_after(first_subscription(policy, policies), FIRST_MONTHS)
    return Standing(
        policy=policy,
        obstacle=_obstacle(policy, today, opens_on, is_holder=is_holder, is_represented=is_represented),
        earliest=last_day(today),
        latest=months_after(today, AHEAD_MONTHS),
        opens_on=opens_on,
    )


def check_last_day(standing: Standing, wanted: datetime.date) -> datetime.date:
    """The day that was chosen. Raises DayRefused."""
    if not standing.earliest <= wanted <= standing.latest:
        raise DayRefused
    return wanted


def may_cancel(ends_on: datetime.date, today: datetime.date) -> bool:
    """Whether the member may still change their mind: until the last day, included."""
    return today <= ends_on


def _obstacle(
    policy: PolicyFacts, today: datetime.date, opens_on: datetime.date, *, is_holder: bool, is_represented: bool
) -> Obstacle | None:
    if policy.end is not None and policy.end <= last_day(today):
        return Obstacle.ENDED
    if policy.is_group:
        return Obstacle.GROUP
    if policy.is_asked:
        return Obstacle.ASKED
    if is_represented:
        return Obstacle.REPRESENTED
    if not is_holder:
        return Obstacle.NOT_HOLDER
    return Obstacle.FIRST_YEAR if today < opens_on else None
