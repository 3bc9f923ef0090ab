"""Undoing an operation as a whole, for 24 hours."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from employers.workforce.errors import ChangedSince, UndoTooLate
from employers.workforce.models import Affiliation, Operation, OperationItem, What
from employers.workforce.writing import record_operation, take_turn
from members.enrolment import actions as enrolment
from portals.accounts.models import Account


@transaction.atomic
def undo(*, by: Account, operation: Operation) -> None:
    """Put back everything that an operation did. Raises UndoTooLate, ChangedSince, UsedSince."""
    take_turn(operation.company_id)
    held = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk, company=operation.company_id)
    now = timezone.now()
    if held.is_undone or now > held.undoable_until:
        raise UndoTooLate
    items = list(held.items.select_related("affiliation").order_by("-pk"))
    later = OperationItem.objects.filter(
        company=held.company_id, affiliation__in=[item.affiliation_id for item in items], operation__undone_at=None
    )
    if later.filter(operation__gt=held.pk).exists():
        raise ChangedSince
    for item in items:
        if item.what == What.ENDED:
            _undo_end(by, item)
        elif item.what == What.CHANGED:
            _put_back(item.affiliation, item.before)
    _undo_affiliations(by, [item.affiliation for item in items if item.what == What.AFFILIATED], now)
    held.undone_at, held.undone_by = now, by
    held.save(update_fields=["undone_at", "undone_by"])
    operation.undone_at, operation.undone_by = now, by
    record_operation("workforce.undone", by, held, len(items))


def _undo_end(by: Account, item: OperationItem) -> None:
    if item.trace:
        enrolment.reopen(by=by, trace=item.trace)
    affiliation = item.affiliation
    earlier = affiliation.items.filter(what=What.ENDED, operation__undone_at=None, pk__lt=item.pk).exclude(trace={})
    _put_back(affiliation, item.before)
    replaced = earlier.order_by("-pk").first()
    if replaced is not None and affiliation.end_date is not None and affiliation.policy_id is not None:
        enrolment.close(
            by=by, policy_id=affiliation.policy_id, last_day=affiliation.end_date, reason=affiliation.end_reason
        )


def _put_back(affiliation: Affiliation, before: dict[str, str | None]) -> None:
    for name, value in before.items():
        is_day = name in {"end_date", "left_on", "ended_here_on"} and value is not None
        setattr(affiliation, name, datetime.date.fromisoformat(value) if is_day and value else value)
    affiliation.save(update_fields=list(before))


def _undo_affiliations(by: Account, affiliations: Sequence[Affiliation], now: datetime.datetime) -> None:
    """They lead to nobody any more, and stay only for what was done and undone to be read."""
    policies = [affiliation.policy_id for affiliation in affiliations if affiliation.policy_id is not None]
    if policies:
        enrolment.withdraw(by=by, policy_ids=policies)
    Affiliation.objects.filter(pk__in=[affiliation.pk for affiliation in affiliations]).update(
        undone_at=now, person=None, policy=None
    )
