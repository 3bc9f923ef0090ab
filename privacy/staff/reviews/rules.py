"""What a review counts and highlights. Pure."""

import datetime

from portals.dates import months_after

ASLEEP = datetime.timedelta(days=90)
"""A right that was not used for so long is highlighted."""
EVERY = 12
"""Months between two reviews."""


def is_asleep(last_used_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether nothing of it was used for 90 days, or ever."""
    return last_used_on is None or today - last_used_on >= ASLEEP


def next_due_on(closed_on: datetime.date) -> datetime.date:
    return months_after(closed_on, EVERY)
