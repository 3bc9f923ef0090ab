"""Archives are taken away after seven days."""

import datetime

from django.utils import timezone

from portals.accounts.export.actions import remove_expired
from portals.jobs.schedules import daily


def remove_exports(_planned_for: datetime.datetime) -> None:
    remove_expired(now=timezone.now())


daily("accounts.exports", at=datetime.time(4, 10), run=remove_exports)
