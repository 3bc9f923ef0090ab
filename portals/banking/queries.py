"""What a page says of an account and of its changes. In the holder's row context."""

from django.db.models import QuerySet

from portals.banking.iban import ShownAccount, shown
from portals.banking.models import BankChange
from portals.banking.payees import payee_of


def current_account(space: str, subject_id: int) -> ShownAccount | None:
    """The account in force, masked; None when there is none."""
    iban = payee_of(space).current(subject_id)
    return shown(iban) if iban else None


def history_of(space: str, subject_id: int) -> QuerySet[BankChange]:
    """Every change, the latest first; a pending one, if any, is the first."""
    return (
        BankChange.objects.filter(space=space, subject_id=subject_id).defer("new_sealed").order_by("-asked_at", "-pk")
    )


def changes_to_approve(space: str, subject_id: int) -> QuerySet[BankChange]:
    """The change that waits for a second person, if there is one."""
    waiting = history_of(space, subject_id).filter(done_at=None, cancelled_at=None, approved_at=None)
    return waiting.exclude(approve_by=None)


def pending_change(space: str, subject_id: int) -> BankChange | None:
    """The change that waits for its 48 hours."""
    return history_of(space, subject_id).filter(done_at=None, cancelled_at=None).first()
