"""The statements of a month are issued on the second night of the next one."""

import datetime

from members.statements.actions import issue_month
from members.statements.rules import month_before
from portals.jobs.schedules import monthly
from portals.presentation.formats import local_date


def issue_past_month(planned_for: datetime.datetime) -> None:
    issue_month(month=month_before(local_date(planned_for)), by=None)


monthly("statements.issue", day=2, at=datetime.time(3, 0), run=issue_past_month)
