"""The second person: where several people hold an account together, one asks and another one approves or refuses."""

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.banking.actions import APPLY, DELAY, NotPending, cancel_change, locked, record
from portals.banking.models import BankChange, Why
from portals.banking.notices import Told, tell
from portals.banking.payees import payee_of
from portals.jobs import enqueue


class NotApprover(Exception):
    """This person may not approve the change: they asked for it, or are not one of those who may, or not yet."""


@transaction.atomic
def approve_change(*, by: Account, change_id: int) -> BankChange:
    """The 48 hours begin now, and every known contact is told. Raises NotPending, NotApprover."""
    change = locked(change_id)
    now = timezone.now()
    if not change.waits_approval or change.approve_by is None or change.approve_by <= now:
        raise NotPending
    if not may_approve(change, by):
        raise NotApprover
    change.approved_by, change.approved_at, change.effective_at = by, now, now + DELAY
    change.save(update_fields=["approved_by", "approved_at", "effective_at"])
    enqueue(APPLY, key=change.reference, subject_id=change.pk, due_at=change.effective_at)
    record("bank.change_approved", change, by)
    tell(change, Told.APPROVED)
    return change


def refuse_change(*, by: Account, change_id: int) -> BankChange:
    """As `cancel_change`, by somebody else than who asked. Raises NotPending."""
    return cancel_change(by=by, change_id=change_id, why=Why.REFUSED)


def may_approve(change: BankChange, account: Account) -> bool:
    """Whether this account may approve the change today: never the one that asked for it."""
    if account.pk == change.asked_by_id:
        return False
    today = timezone.localdate()
    approvers = payee_of(change.space).approvers(change.subject_id, change.asked_by)
    return any(one.account.pk == account.pk and one.from_day <= today for one in approvers)
