"""Opening days (« jours ouvrés »): Monday to Friday, the public holidays of the whole country excepted. Pure.

`OpeningDay` holds them for the database; a test keeps the two together.
"""

import datetime
from collections.abc import Iterator
from functools import cache

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2100
SATURDAY = 5


@cache
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_opening_day(day: datetime.date) -> bool:
    """Whether banks and the mutual work on this day."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def opening_days_after(day: datetime.date, count: int) -> datetime.date:
    """The last of `count` opening days, the first one being after `day`."""
    while count:
        day += datetime.timedelta(days=1)
        count -= is_opening_day(day)
    return day


def opening_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many opening days come after `start`, up to `end` included; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_opening_day(start + datetime.timedelta(days=n)) for n in range(1, days + 1))


def ranks() -> Iterator[tuple[datetime.date, int]]:
    """Every day of the calendar and the number of opening days up to it."""
    day, rank = datetime.date(FIRST_YEAR, 1, 1), 0
    while day.year <= LAST_YEAR:
        rank += is_opening_day(day)
        yield day, rank
        day += datetime.timedelta(days=1)
