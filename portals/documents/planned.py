"""The nightly care of private files."""

import datetime

from portals.documents.actions import sweep_orphans
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date


def sweep_files(planned_for: datetime.datetime) -> None:
    sweep_orphans(today=local_date(planned_for))


daily("documents.sweep", at=datetime.time(4, 0), run=sweep_files)
