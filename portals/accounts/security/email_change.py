"""Changing the e-mail address: asked in the space, confirmed from the old address and from the new one, in any order.

Three links, each derived from the reference of the change and the secret key, so that the database holds none: one to
each address, and one to the old address that cancels. All serve for 24 hours. Families may share one address.
"""

import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.accounts.models import Account, AccountState
from portals.accounts.security.models import EmailChange
from portals.accounts.security.notices import notify_security_change
from portals.jobs import Priority, enqueue
from portals.secrets import seal, unseal
from portals.signals import announce

A_DAY = 5
"""Changes that one account may ask for in 24 hours: each writes to an address that the account names."""
FORGOTTEN_AFTER = datetime.timedelta(days=2)


class Link(StrEnum):
    """What a link does."""

    OLD = "old"
    NEW = "new"
    CANCEL = "cancel"


class SameAddress(ValueError):
    """The account has this address already."""


class TooManyChanges(Exception):
    """Five changes were asked for in the last 24 hours."""


class LinkIsOver(Exception):
    """The change is done, cancelled or more than 24 hours old, or the account is no longer there to change."""


def token_of(change: EmailChange, link: Link) -> str:
    """The secret part of a link, 64 hexadecimal signs."""
    return salted_hmac("portals.accounts.email_change", f"{change.reference}:{link}", algorithm="sha256").hexdigest()


def read_link(reference: str, token: str) -> tuple[EmailChange, Link] | None:
    """The change of a link and what the link does; None for a link that was never given."""
    change = EmailChange.objects.select_related("account").filter(reference=reference).first()
    if change is None:
        return None
    link = next((link for link in Link if constant_time_compare(token_of(change, link), token)), None)
    return (change, link) if link else None


def pending_change(account: Account) -> EmailChange | None:
    """The change that waits for its confirmations."""
    change = EmailChange.objects.filter(account=account, done_at=None, cancelled_at=None).first()
    return change if change and change.is_open(timezone.now()) else None


@transaction.atomic
def ask_email_change(*, by: Account, address: str) -> EmailChange:
    """Keep the new address sealed and write to both. An earlier change that waits is replaced.

    Raises SameAddress, TooManyChanges.
    """
    account = _locked(by)
    if address.casefold() == account.email.casefold():
        raise SameAddress
    now = timezone.now()
    mine = EmailChange.objects.filter(account=account)
    if mine.filter(asked_at__gt=now - datetime.timedelta(days=1)).count() >= A_DAY:
        raise TooManyChanges
    mine.filter(done_at=None, cancelled_at=None).update(cancelled_at=now)
    change = EmailChange.objects.create(
        account=account,
        old_sealed=seal(_subject(account), _place(Link.OLD), account.email),
        new_sealed=seal(_subject(account), _place(Link.NEW), address),
        asked_at=now,
    )
    for kind in ("account.email_change_old", "account.email_change_new"):
        enqueue(kind, key=change.reference, subject_id=change.pk, priority=Priority.ASKED)
    enqueue("account.email_change_forget", key=change.reference, subject_id=change.pk, due_at=now + FORGOTTEN_AFTER)
    announce("account.email_change_asked", by=by, object_kind="email_change", object_id=change.pk)
    return change


@transaction.atomic
def confirm_email_change(*, by: None, change_id: int, link: Link) -> EmailChange:
    """One end confirms; with the second, the address changes and both are told. Raises LinkIsOver."""
    change = _open_change(change_id)
    now = timezone.now()
    if link == Link.OLD:
        change.old_confirmed_at = change.old_confirmed_at or now
    else:
        change.new_confirmed_at = change.new_confirmed_at or now
    announce(
        "account.email_change_confirmed", by=by, object_kind="email_change", object_id=change.pk,
        details={"end": str(link)},
    )  # fmt: skip
    if change.old_confirmed_at and change.new_confirmed_at:
        _complete(change, now)
    change.save(update_fields=["old_confirmed_at", "new_confirmed_at", "done_at"])
    return change


@transaction.atomic
def cancel_email_change(*, by: Account | None, change_id: int) -> EmailChange:
    """Nothing changes, and the address that stays is told. By its owner in the space, or by the link. Raises LinkIsOver."""
    change = _open_change(change_id)
    change.cancelled_at = timezone.now()
    change.save(update_fields=["cancelled_at"])
    announce("account.email_change_cancelled", by=by, object_kind="email_change", object_id=change.pk)
    notify_security_change(change.account, "email_change_cancelled")
    return change


@transaction.atomic
def forget_addresses(change: EmailChange) -> None:
    """The change is over and its messages have left: neither address stays here."""
    change.old_sealed = change.new_sealed = None
    change.cancelled_at = change.cancelled_at or (None if change.done_at else timezone.now())
    change.save(update_fields=["old_sealed", "new_sealed", "cancelled_at"])


def address_of_end(change: EmailChange, link: Link) -> str | None:
    """The old or the new address, unsealed; None once forgotten."""
    sealed = change.new_sealed if link == Link.NEW else change.old_sealed
    return unseal(_subject(change.account), _place(link), bytes(sealed)) if sealed else None


def _complete(change: EmailChange, now: datetime.datetime) -> None:
    account = change.account
    old, new = address_of_end(change, Link.OLD), address_of_end(change, Link.NEW)
    if new is None or old != account.email:
        raise LinkIsOver  # staff changed it meanwhile: the old end confirmed something else
    account.email = new
    account.save(update_fields=["email"])
    change.done_at = now
    announce("account.email_changed", by=account, object_kind="account", object_id=account.pk)
    notify_security_change(account, "email_changed")
    enqueue("account.email_change_done_old", key=change.reference, subject_id=change.pk, priority=Priority.ASKED)


def _open_change(change_id: int) -> EmailChange:
    """The change and its account, both locked, in the order in which a new change locks them. Raises LinkIsOver."""
    account = _locked(EmailChange.objects.select_related("account").get(pk=change_id).account)
    change = EmailChange.objects.select_for_update().get(pk=change_id)
    change.account = account
    is_shut = not change.account.is_active or change.account.state == AccountState.CLOSED
    if is_shut or change.account.locked_at is not None or not change.is_open(timezone.now()):
        raise LinkIsOver
    return change


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(of=("self",)).get(pk=account.pk)


def _subject(account: Account) -> str:
    return f"account:{account.pk}"


def _place(link: Link) -> str:
    return f"portals_emailchange.{'new' if link == Link.NEW else 'old'}_sealed"
