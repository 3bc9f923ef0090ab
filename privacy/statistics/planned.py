"""Each month, the figures of the month before: late enough for what was paid in it to have come."""

import datetime

from portals.dates import months_after
from portals.jobs.schedules import monthly
from portals.presentation.formats import local_date
from privacy.statistics.actions import promise

DAY = 12


def run(planned_for: datetime.datetime) -> None:
    promise(months_after(local_date(planned_for).replace(day=1), -1))


monthly("anonymous statistics", day=DAY, at=datetime.time(3, 50), run=run)
