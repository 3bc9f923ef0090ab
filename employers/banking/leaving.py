"""Whoever no longer is an administrator leaves no change of account behind them."""

from django.db.models import Q

from portals.accounts.models import Account, Space
from portals.banking.actions import cancel_change
from portals.banking.models import BankChange, Why


def stop_changes_of(*, by: Account, company_id: int, leaving: Account) -> None:
    """Cancel what they asked or approved and that waits, in the transaction that takes their role away."""
    waiting = BankChange.objects.filter(
        Q(asked_by=leaving) | Q(approved_by=leaving),
        space=Space.EMPLOYER, subject_id=company_id, done_at=None, cancelled_at=None,
    )  # fmt: skip
    for change_id in list(waiting.values_list("pk", flat=True)):
        cancel_change(by=by, change_id=change_id, why=Why.LEFT)
