"""Recording what a control found: its evidence is kept, and its next day is set."""

import datetime

from django.db import transaction

from portals.accounts.models import Account
from portals.dates import months_after
from portals.documents.actions import store
from privacy.audit import record
from privacy.register.controls.models import Control, ControlResult, Finding


@transaction.atomic
def record_result(
    *, by: Account, control: Control, done_on: datetime.date, finding: Finding, words: str, evidence: bytes | None
) -> ControlResult:
    """Keep what a control found. The next one is due its number of months after this one was done."""
    row = Control.objects.select_for_update().get(pk=control.pk)
    stored = store(content=evidence, content_type="application/pdf", by=by) if evidence else None
    result = ControlResult.objects.create(
        control=row, done_on=done_on, finding=finding, words=words, evidence=stored, recorded_by=by
    )
    row.due_on = months_after(done_on, row.months)
    row.save(update_fields=["due_on"])
    record("control.carried_out", by=by, object_kind="control", object_id=row.pk, result=finding.value)
    return result
