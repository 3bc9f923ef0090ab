"""The year of technical accounts: drafted in April, published in August at the latest (décret 90-769, article 4)."""

import datetime

from employers.technical.actions import promise_builds, promise_publications
from employers.technical.rules import BUILT_IN, PUBLISHED_IN
from portals.jobs.schedules import monthly
from portals.presentation.formats import local_date

DAY = 20


def run(planned_for: datetime.datetime) -> None:
    """What this month's occurrence does of the accounts of the year before. A company is drafted once; staff may ask again."""
    day = local_date(planned_for)
    if day.month in BUILT_IN:
        promise_builds(day.year - 1)
    elif day.month == PUBLISHED_IN:
        promise_publications(day.year - 1)


monthly("technical accounts", day=DAY, at=datetime.time(3, 30), run=run)
