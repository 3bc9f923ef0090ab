"""Counting how long something is kept. Pure: no database, no clock.

A delay that ends on a day holds that day whole: what is kept for twelve months after 3 May is let go of on 4 May.
"""

import datetime
from dataclasses import dataclass

from portals.dates import months_after

DAY = datetime.timedelta(days=1)
LONGEST_STEP = 3
"""A day and the same day months later differ by at most three days at the end of a month."""

NUMBERS = {1: "un", 2: "deux", 3: "trois", 5: "cinq", 6: "six", 10: "dix", 12: "douze"}


@dataclass(frozen=True)
class Delay:
    """Whole months, or days."""

    months: int = 0
    days: int = 0

    @property
    def words(self) -> str:
        """« cinq ans », « douze mois », « 30 jours »."""
        if self == NO_DELAY:
            return "aussitôt"
        if self.days:
            return "un jour" if self.days == 1 else f"{self.days}\u00a0jours"
        if self.months % 12 == 0 and self.months != 12:
            return f"{NUMBERS[self.months // 12]}\u00a0ans"
        return f"{NUMBERS[self.months]}\u00a0mois"


NO_DELAY = Delay()


def last_day(counted: datetime.date, delay: Delay) -> datetime.date:
    """The last day on which it is kept."""
    return months_after(counted, delay.months) + delay.days * DAY


def due_on(counted: datetime.date, delay: Delay) -> datetime.date:
    """The first day on which it is not kept any more."""
    return last_day(counted, delay) + DAY


def last_counted(today: datetime.date, delay: Delay) -> datetime.date:
    """The latest day from which the delay is over today: what began to count on it, or before, is due."""
    day = months_after(today, -delay.months) - delay.days * DAY + LONGEST_STEP * DAY
    while due_on(day, delay) > today:
        day -= DAY
    return day
