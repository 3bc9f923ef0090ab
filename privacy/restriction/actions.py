"""Freezing and lifting, by the data protection officer; the person is told of both."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.restriction.models import Freeze, Ground

SET, LIFTED = "restriction.set_notice", "restriction.lifted_notice"


class AlreadyFrozen(Exception):
    """A restriction stands already."""


class NotFrozen(Exception):
    """It is lifted already."""


@transaction.atomic
def freeze(
    *, by: Account, space: str, tenant_id: int | None, subject_id: int, ground: Ground, reason: str,
    request_number: str = "",
) -> Freeze:  # fmt: skip
    """Freeze the uses of somebody's data from now on. Raises AlreadyFrozen."""
    with isolation.system():
        try:
            with transaction.atomic():
                row = Freeze.objects.create(
                    space=space, tenant_id=tenant_id, subject_id=subject_id, ground=ground, reason=reason,
                    request_number=request_number, set_by=by,
                )  # fmt: skip
        except IntegrityError as twice:
            raise AlreadyFrozen from twice
    record("restriction.set", by=by, object_kind="freeze", object_id=row.pk)
    enqueue(SET, key=str(row.pk), subject_id=row.pk, priority=Priority.ORDINARY)
    return row


@transaction.atomic
def lift(*, by: Account, row: Freeze, reason: str) -> None:
    """Use the data again as before, for a reason that the person reads first. Raises NotFrozen."""
    with isolation.system():
        changed = Freeze.objects.filter(pk=row.pk, lifted_at=None).update(
            lifted_at=timezone.now(), lifted_by=by, lift_reason=reason
        )
    if not changed:
        raise NotFrozen
    record("restriction.lifted", by=by, object_kind="freeze", object_id=row.pk)
    enqueue(LIFTED, key=str(row.pk), subject_id=row.pk, priority=Priority.ORDINARY)
