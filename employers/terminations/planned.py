"""Each night, departures typed and not confirmed for 30 days are forgotten; an account that goes takes its own with it.

This module also listens to what befalls the portabilities, and to operations that are undone (`following.py`).
"""

import datetime

from employers.terminations.following import on_operation as follow
from employers.terminations.models import EmployeeTermination
from employers.terminations.words import State
from portals.access import isolation
from portals.jobs.schedules import daily
from portals.signals import operation
from privacy.audit import record

KEPT = datetime.timedelta(days=30)


def forget_drafts(planned_for: datetime.datetime) -> None:
    """In the system's context."""
    old = EmployeeTermination.objects.filter(state=State.DRAFT, saved_at__lt=planned_for - KEPT)
    count, _by_model = old.delete()
    if count:
        record("termination.employee_drafts_purged", by=None, details={"drafts": count})


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted (CGU-7.7)."""
    if action == "account.deleted":
        with isolation.system():
            EmployeeTermination.objects.filter(by_id=int(object_id), state=State.DRAFT).delete()


daily("terminations.drafts", at=datetime.time(4, 45), run=forget_drafts)
operation.connect(on_operation, dispatch_uid="employers.terminations.drafts")
operation.connect(follow, dispatch_uid="employers.terminations.following")
