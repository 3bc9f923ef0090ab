"""The delays of complaints and messages. Pure: no database, no clock; days are of Europe/Paris.

from portals.dates import months_after

ACPR recommendation 2022-R-01: a complaint is acknowledged within ten working days (Monday to Saturday, public holidays
excepted) and answered within two months of the day it was sent. The mediator may be asked once it was answered, or
once two months have passed, and within a year of the complaint. docs/decisions/complaints.md
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import holidays

from portals.dates import months_after

SUNDAY = 6
ACKNOWLEDGE_WORKING_DAYS = 10
ANSWER_MONTHS = 2
MEDIATOR_MONTHS = 12
MESSAGE_WORKING_DAYS = 2
SOON_DAYS = 3
"""Staff see a delay as near when this many days or fewer are left."""

MEDICAL_NAMES = ("questionnaire medical", "questionnaire de sante", "compte rendu", "certificat medical", "ordonnance")
"""What the names of files say of medical documents, folded: they go by post, sealed, to the medical adviser."""


@cache
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: datetime.date) -> bool:
    """Every day but Sundays and the public holidays of the whole country: « jour ouvrable »."""
    return day.weekday() != SUNDAY and day not in _public_holidays(day.year)


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The last of `count` working days, the first one being after `day`."""
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


class Pace(StrEnum):
    """How staff and people see a delay: done, enough time, near, late. The value is a kind of state word."""

    DONE = ""
    FINE = "good"
    NEAR = "warn"
    LATE = "bad"


def pace(due_on: datetime.date | None, today: datetime.date) -> Pace:
    """Of a delay that still runs until the end of `due_on`; None when nothing is due."""
    if due_on is None:
        return Pace.DONE
    if today > due_on:
        return Pace.LATE
    return Pace.NEAR if (due_on - today).days <= SOON_DAYS else Pace.FINE


@dataclass(frozen=True)
class Clock:
    """The clock of one complaint, sent on `sent_on`."""

    sent_on: datetime.date

    @property
    def acknowledge_by(self) -> datetime.date:
        return working_days_after(self.sent_on, ACKNOWLEDGE_WORKING_DAYS)

    @property
    def answer_by(self) -> datetime.date:
        return months_after(self.sent_on, ANSWER_MONTHS)

    @property
    def mediator_until(self) -> datetime.date:
        """The last day on which the mediator may be asked."""
        return months_after(self.sent_on, MEDIATOR_MONTHS)

    @property
    def days(self) -> int:
        """How long the whole delay is."""
        return (self.answer_by - self.sent_on).days

    def days_gone(self, today: datetime.date) -> int:
        return min(max((today - self.sent_on).days, 0), self.days)

    def opens_mediator(self, today: datetime.date, *, is_answered: bool) -> bool:
        """Whether the mediator may be asked today."""
        return (is_answered or today > self.answer_by) and today <= self.mediator_until


def message_due(sent_on: datetime.date) -> datetime.date:
    """The day promised for the answer to a message."""
    return working_days_after(sent_on, MESSAGE_WORKING_DAYS)


def names_medical_document(folded_name: str) -> bool:
    """Whether the name of a file, without accents nor capitals, says that it is a medical document."""
    words = " ".join(folded_name.replace("_", " ").replace("-", " ").split())
    return any(name in words for name in MEDICAL_NAMES)
