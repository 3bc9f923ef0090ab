"""Asking for another account, cancelling, and putting it in force when its time has come."""

import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.banking.iban import bank_of, masked
from portals.banking.models import BankChange, Why
from portals.banking.notices import Told, tell
from portals.banking.payees import payee_of
from portals.jobs import Job, enqueue, handler
from portals.secrets import seal, unseal
from portals.signals import announce

APPLY = "bank.change_apply"
LAPSE = "bank.change_lapse"
PLACE = "portals_bankchange.iban"
DELAY = datetime.timedelta(hours=48)
"""Between the request and its effect: time for whoever did not ask to read a notice and cancel."""
TO_APPROVE = datetime.timedelta(days=14)
"""How long a change waits for the second person who must approve it."""
A_DAY = 3
"""Changes that may be asked for one holder in 24 hours: each writes to several addresses."""
TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
STOPPED_BY = {"account.fraud_reported": Why.FRAUD, "account.deleted": Why.DELETED}


class SameAccount(ValueError):
    """This account is in force already."""


class TooManyChanges(Exception):
    """Three changes were asked for in the last 24 hours."""


class NotPending(Exception):
    """The change is done or cancelled: nothing waits."""


@transaction.atomic
def ask_change(*, by: Account, grant: Grant, iban: str) -> BankChange:
    """Keep the new IBAN sealed for 48 hours, and tell every known contact. A change that waits is replaced.

    Where a second person must agree, the 48 hours begin when they approve it (`approval.approve_change`).
    `iban` comes from `iban.read_iban`. Raises SameAccount, TooManyChanges.
    """
    payee, now = payee_of(grant.space), timezone.now()
    _take_turn(grant.space, grant.subject_id)
    old = payee.current(grant.subject_id)
    if old == iban:
        raise SameAccount
    asked = BankChange.objects.filter(space=grant.space, subject_id=grant.subject_id)
    if asked.filter(asked_at__gt=now - datetime.timedelta(days=1)).count() >= A_DAY:
        raise TooManyChanges
    for waiting in asked.filter(done_at=None, cancelled_at=None):
        _cancel(waiting, by=by, why=Why.REPLACED)
    needs_approval = bool(payee.approvers(grant.subject_id, by))
    change = BankChange.objects.create(
        space=grant.space,
        tenant_id=grant.tenant_id,
        subject_id=grant.subject_id,
        asked_by=by,
        old_masked=masked(old),
        new_masked=masked(iban),
        new_bank=bank_of(iban)[:120],
        new_sealed=seal(payee.subject(grant.subject_id), PLACE, iban),
        asked_at=now,
        effective_at=now + DELAY,
        approve_by=now + TO_APPROVE if needs_approval else None,
    )
    if change.approve_by is None:
        enqueue(APPLY, key=change.reference, subject_id=change.pk, due_at=change.effective_at)
    else:
        enqueue(LAPSE, key=change.reference, subject_id=change.pk, due_at=change.approve_by)
    record("bank.change_asked", change, by)
    tell(change, Told.ASKED)
    return change


@transaction.atomic
def cancel_change(*, by: Account | None, change_id: int, why: Why) -> BankChange:
    """The account in force stays, and every known contact is told. Raises NotPending."""
    change = locked(change_id)
    _cancel(change, by=by, why=why)
    tell(change, Told.CANCELLED)
    return change


def cancel_by_link(change: BankChange) -> None:
    """As `cancel_change`, by whoever holds the link of the e-mail. Raises NotPending.

    In the system's context: nobody is signed in, and the secret part of the link says which change may be touched.
    """
    with isolation.system():
        cancel_change(by=None, change_id=change.pk, why=Why.LINK)


def cancel_by_staff(*, by: Account, change_id: int) -> None:
    """As `cancel_change`, by a member of staff who doubts it: staff read these rows and write none. Raises NotPending."""
    with isolation.system():
        cancel_change(by=by, change_id=change_id, why=Why.STAFF)


def token_of(change: BankChange) -> str:
    """The secret part of the link that cancels, 64 hexadecimal signs; derived, so that no table holds it."""
    return salted_hmac("portals.banking", change.reference, algorithm="sha256").hexdigest()


def read_link(reference: str, token: str) -> BankChange | None:
    """The change of a link; None for a link that was never given. Whoever holds it is not signed in."""
    with isolation.system():
        change = BankChange.objects.filter(reference=reference).first()
    return change if change is not None and constant_time_compare(token_of(change), token) else None


@handler(LAPSE)
def lapse(job: Job) -> None:
    """Nobody approved the change in time: the account in force stays, and every known contact is told."""
    try:
        change = locked(job.subject_id)
    except NotPending:
        return
    if change.waits_approval:
        cancel_change(by=None, change_id=change.pk, why=Why.LAPSED)


@handler(APPLY)
def put_in_force(job: Job) -> None:
    """The 48 hours are over: the account changes, its IBAN is forgotten here, and every known contact is told."""
    change = BankChange.objects.get(pk=job.subject_id)
    payee = payee_of(change.space)
    _take_turn(change.space, change.subject_id)  # before the row, as `ask_change` does
    change = BankChange.objects.select_for_update().get(pk=change.pk)
    if not change.is_pending or change.waits_approval or change.new_sealed is None:
        return
    payee.write(change.subject_id, unseal(payee.subject(change.subject_id), PLACE, change.new_sealed))
    change.done_at, change.new_sealed = timezone.now(), None
    change.save(update_fields=["done_at", "new_sealed"])
    record("bank.change_done", change, None)
    tell(change, Told.DONE)


def on_operation(*, action: str, object_id: int | str, **_rest: object) -> None:
    """Receiver of `portals.signals.operation`: a blocked or deleted account leaves no change behind it."""
    why = STOPPED_BY.get(action)
    if why is None:
        return
    with isolation.system():  # the report may come from the public page, and the deletion from a worker
        waiting = BankChange.objects.filter(
            Q(asked_by_id=int(object_id)) | Q(approved_by_id=int(object_id)), done_at=None, cancelled_at=None
        )
        for change_id in list(waiting.values_list("pk", flat=True)):
            cancel_change(by=None, change_id=change_id, why=why)


def _cancel(change: BankChange, *, by: Account | None, why: Why) -> None:
    change.cancelled_at, change.cancelled_for, change.new_sealed = timezone.now(), why, None
    change.save(update_fields=["cancelled_at", "cancelled_for", "new_sealed"])
    record("bank.change_cancelled", change, by)


def locked(change_id: int) -> BankChange:
    """A change that waits, held until the end of the transaction. Raises NotPending."""
    change = BankChange.objects.select_for_update().filter(pk=change_id, done_at=None, cancelled_at=None).first()
    if change is None:
        raise NotPending
    return change


def _take_turn(space: str, subject_id: int) -> None:
    """One request at a time for one holder, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURN, [f"banking:{space}:{subject_id}"])


def record(action: str, change: BankChange, by: Account | None) -> None:
    """Announce what happened to a change; never an account."""
    announce(
        action, by=by, object_kind="bank_change", object_id=change.pk,
        details={"subject": change.subject_id, "why": change.cancelled_for},
    )  # fmt: skip
