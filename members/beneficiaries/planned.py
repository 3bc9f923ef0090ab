"""Each night: limits of age are announced and reached, drafts that were never sent are forgotten after 30 days.

An account that goes takes its drafts with it.
"""

import datetime

from members.beneficiaries.actions import delete_draft
from members.beneficiaries.limits import follow_limits
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.words import State
from portals.access import isolation
from portals.jobs.schedules import daily
from portals.signals import operation
from privacy.audit import record

KEPT = datetime.timedelta(days=30)


def forget_drafts(planned_for: datetime.datetime) -> None:
    """Delete the drafts left alone for 30 days, with what was typed and their documents. In the system's context."""
    drafts = BeneficiaryRequest.objects.select_for_update(of=("self",))
    old = list(drafts.filter(state=State.DRAFT, saved_at__lt=planned_for - KEPT).order_by("pk")[:1000])
    for draft in old:
        delete_draft(draft)
    if old:
        record("beneficiaries.drafts_purged", by=None, details={"drafts": len(old)})


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted, and what it had not sent goes with it (CGU-7.7)."""
    if action != "account.deleted":
        return
    with isolation.system():
        for draft in BeneficiaryRequest.objects.filter(account_id=object_id, state=State.DRAFT):
            delete_draft(draft)


daily("beneficiaries.limits", at=datetime.time(3, 50), run=follow_limits)
daily("beneficiaries.drafts", at=datetime.time(4, 30), run=forget_drafts)
operation.connect(on_operation, dispatch_uid="members.beneficiaries.drafts")
