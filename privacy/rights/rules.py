"""The clock of a rights request. Pure: no database, no clock; days are of Europe/Paris.

GDPR art. 12(3): one month from receipt, two more when the request is complex, told with its reason within the first
month. Décret 2019-536 art. 77 and GDPR art. 12(6): asking for a proof of identity suspends the delay. Regulation
(EEC, Euratom) 1182/71 art. 3: the day of receipt is not counted; months end on the same date, or on the last day of a
shorter month; a last day that is a Saturday, a Sunday or a public holiday is moved to the next working day.
docs/decisions/rights-requests.md
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portals.correspondence.rules import is_working_day
from portals.dates import months_after

ANSWER_MONTHS = 1
EXTENSION_MONTHS = 2
SATURDAY = 5
FIRST_REMINDER_DAYS = 10
LAST_REMINDER_DAYS = 3


@dataclass(frozen=True)
class Suspension:
    """A time during which the delay does not run: from the day a proof was asked for to the day it came."""

    began_on: datetime.date
    ended_on: datetime.date | None = None

    def days(self, until: datetime.date) -> int:
        """Days that are not counted; one that still lasts is counted until that day."""
        return max(((self.ended_on or until) - self.began_on).days, 0)


class Reminder(StrEnum):
    """What the data protection officer is reminded of. The value is a part of the job's key."""

    FIRST = "first"
    LAST = "last"
    LATE = "late"


def last_hour(day: datetime.date) -> datetime.date:
    """The day whose last hour ends the delay: itself, or the next working day (Regulation 1182/71, art. 3(4))."""
    while day.weekday() == SATURDAY or not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day


@dataclass(frozen=True)
class Clock:
    """The delay of one request, received on `received_on`."""

    received_on: datetime.date
    suspensions: Sequence[Suspension] = ()
    is_extended: bool = False

    @property
    def is_suspended(self) -> bool:
        return any(one.ended_on is None for one in self.suspensions)

    def first_month_ends(self, today: datetime.date) -> datetime.date:
        """The last day on which an extension may be told."""
        return self._end(ANSWER_MONTHS, today)

    def due_on(self, today: datetime.date) -> datetime.date:
        """The last day of the answer; while it is suspended, what it would be if it ran again today."""
        return self._end(ANSWER_MONTHS + (EXTENSION_MONTHS if self.is_extended else 0), today)

    def may_extend(self, today: datetime.date) -> bool:
        """Once, until the last hour of the first month; a delay that is suspended has not ended."""
        return not self.is_extended and today <= self.first_month_ends(today)

    def days(self, today: datetime.date) -> int:
        """How long the whole delay is, without what was suspended."""
        return (self.due_on(today) - self.received_on).days - self._suspended(today)

    def days_gone(self, today: datetime.date) -> int:
        """How many of them are gone."""
        return min(max((today - self.received_on).days - self._suspended(today), 0), self.days(today))

    def _end(self, months: int, today: datetime.date) -> datetime.date:
        return last_hour(months_after(self.received_on, months) + datetime.timedelta(days=self._suspended(today)))

    def _suspended(self, today: datetime.date) -> int:
        return sum(one.days(today) for one in self.suspensions)


def reminder_of(due_on: datetime.date, today: datetime.date) -> Reminder | None:
    """The most pressing reminder that a delay calls for today."""
    left = (due_on - today).days
    if left < 0:
        return Reminder.LATE
    if left <= LAST_REMINDER_DAYS:
        return Reminder.LAST
    return Reminder.FIRST if left <= FIRST_REMINDER_DAYS else None


def answered_in_time(due_on: datetime.date, answered_on: datetime.date) -> bool:
    return answered_on <= due_on


def median(values: Sequence[int]) -> int | None:
    """The lower median; None without values."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
