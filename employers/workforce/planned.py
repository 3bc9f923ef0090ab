"""Each night, drafts left alone for 30 days are forgotten. An account that goes takes its drafts with it."""

import datetime

from employers.workforce.drafts import KEPT, delete
from employers.workforce.models import WorkforceDraft
from portals.access import isolation
from portals.jobs.schedules import daily
from portals.signals import operation
from privacy.audit import record


def forget_drafts(planned_for: datetime.datetime) -> None:
    """In the system's context."""
    old = list(WorkforceDraft.objects.filter(saved_at__lt=planned_for - KEPT).order_by("pk")[:1000])
    for draft in old:
        delete(draft)
    if old:
        record("workforce.drafts_purged", by=None, details={"drafts": len(old)})


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted (CGU-7.7)."""
    if action != "account.deleted":
        return
    with isolation.system():
        for draft in WorkforceDraft.objects.filter(account_id=object_id):
            delete(draft)


daily("workforce.drafts", at=datetime.time(4, 40), run=forget_drafts)
operation.connect(on_operation, dispatch_uid="employers.workforce.drafts")
