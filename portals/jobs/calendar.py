"""When a schedule falls. Pure: Paris wall-clock times in, instants out, whatever the clocks do that night."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = datetime.timedelta(days=1)

type Calendar = Callable[[datetime.date], Sequence[datetime.datetime]]
"""The instants at which a schedule falls on a given day, in order."""


def daily_calendar(at: datetime.time) -> Calendar:
    """Each day at `at`. A time that the spring change skips falls an hour later on the clock; one that the autumn
    change repeats falls the first time only."""

    def falls(day: datetime.date) -> list[datetime.datetime]:
        return [datetime.datetime.combine(day, at, tzinfo=PARIS).astimezone(datetime.UTC)]

    return falls


def monthly_calendar(day_of_month: int, at: datetime.time) -> Calendar:
    """On a day of each month that every month has."""
    if not 1 <= day_of_month <= 28:
        raise ValueError(day_of_month)
    every_day = daily_calendar(at)

    def falls(day: datetime.date) -> Sequence[datetime.datetime]:
        return every_day(day) if day.day == day_of_month else ()

    return falls


def steady_calendar(minutes: int) -> Calendar:
    """Every so many minutes, a divisor of 60, from the hour on; days when clocks change have 92 or 100 quarters."""
    if minutes < 1 or 60 % minutes:
        raise ValueError(minutes)
    step = datetime.timedelta(minutes=minutes)

    def falls(day: datetime.date) -> list[datetime.datetime]:
        midnights = (datetime.datetime.combine(each, datetime.time(), tzinfo=PARIS) for each in (day, day + ONE_DAY))
        start, end = (midnight.astimezone(datetime.UTC) for midnight in midnights)
        return [start + step * rank for rank in range((end - start) // step)]

    return falls


def missed(calendar: Calendar, *, after: datetime.datetime, until: datetime.datetime) -> list[datetime.datetime]:
    """The instants later than `after`, up to and including `until`, in order."""
    return [instant for instant in _days(calendar, after, until) if after < instant <= until]


def latest(calendar: Calendar, until: datetime.datetime) -> datetime.datetime:
    """The last instant up to and including `until`. Every calendar here falls at least once in two months."""
    start = until - datetime.timedelta(days=62)
    return missed(calendar, after=start, until=until)[-1]


def _days(calendar: Calendar, after: datetime.datetime, until: datetime.datetime) -> Iterator[datetime.datetime]:
    day = after.astimezone(PARIS).date()
    last = until.astimezone(PARIS).date()
    while day <= last:
        yield from calendar(day)
        day += ONE_DAY
