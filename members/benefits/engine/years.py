"""The year of a guarantee. Pure."""

import calendar
import datetime


def _same_day(day: datetime.date, year: int) -> datetime.date:
    """The same day of another year; 29 February becomes the 28th."""
    last = calendar.monthrange(year, day.month)[1]
    return datetime.date(year, day.month, min(day.day, last))


def guarantee_year(valid_from: datetime.date, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the year of guarantee that holds a day of care: it turns on the day the line came into force."""
    start = _same_day(valid_from, day.year)
    if start > day:
        start = _same_day(valid_from, day.year - 1)
    following = _same_day(valid_from, start.year + 1)
    return start, following - datetime.timedelta(days=1)
