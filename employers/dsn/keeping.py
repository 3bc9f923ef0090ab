"""What does not stay: files that nobody touched for seven days, and those of deleted accounts."""

import datetime

from employers.dsn.actions import discard
from employers.dsn.models import KEPT, DsnDraft
from portals.jobs.schedules import daily

AT_A_TIME = 500


def forget_old(planned_for: datetime.datetime) -> None:
    """Each night, in the system's context."""
    old = DsnDraft.objects.filter(saved_at__lt=planned_for - KEPT).order_by("pk")
    discard(by=None, drafts=old[:AT_A_TIME])


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted, and the files that it had sent with it."""
    if action == "account.deleted":
        discard(by=None, drafts=DsnDraft.objects.filter(account_id=object_id))


daily("dsn_drafts", at=datetime.time(4, 10), run=forget_old)
