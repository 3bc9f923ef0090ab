"""Every night, minutes after access changes with the day in Paris: dates, reminders, closings."""

import datetime

from django.utils import timezone

from portals.access.ending import expire
from portals.jobs.schedules import daily


def expire_access(_planned_for: datetime.datetime) -> None:
    """For today, whenever it was planned: nights that were missed are caught up in one run."""
    expire(today=timezone.localdate())


daily("access.expire", at=datetime.time(0, 10), run=expire_access)
