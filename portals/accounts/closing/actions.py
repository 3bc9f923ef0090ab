"""Deletion of an account by its holder: asked for, thought over for seven days, done (CGU-7.7).

Contract data are not the account's and stay under their own retention rules. Whoever must act on the deletion in a
space (paper statements resume) listens to the operation `account.deleted`.
"""

import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnUserHandle

from portals.access.models import Grant
from portals.accounts.closing.models import Deletion
from portals.accounts.closing.rules import COOLING_OFF, emptied
from portals.accounts.export.actions import remove_exports
from portals.accounts.models import Account, AccountState, KnownNetwork
from portals.accounts.second_factor.actions import forget_devices
from portals.accounts.security.models import AccountSession, EmailChange
from portals.accounts.security.notices import notify_security_change
from portals.accounts.security.sessions import end_every_session
from portals.jobs import Job, Priority, enqueue, handler
from portals.secrets import seal
from portals.secrets.models import SubjectKey
from portals.signals import announce

DELETE, TELL, FORGET = "account.delete", "account.deleted_notice", "account.deletion_forget"
ADDRESS_PLACE = "portals_deletion.address"
ADDRESS_KEPT = datetime.timedelta(days=1)
"""Long enough for every try of the last message."""


class DeletionAlreadyAsked(Exception):
    """One is to come already."""


@transaction.atomic
def request_deletion(*, by: Account) -> Deletion:
    """Plan the deletion in seven days and tell the owner, who may not be the one who asked. Raises DeletionAlreadyAsked."""
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if Deletion.objects.standing().filter(account=by).exists():
        raise DeletionAlreadyAsked
    now = timezone.now()
    deletion = Deletion.objects.create(account=by, requested_at=now, due_at=now + COOLING_OFF)
    enqueue(DELETE, key=str(deletion.pk), subject_id=deletion.pk, due_at=deletion.due_at)
    announce("account.deletion_requested", by=by, object_kind="deletion", object_id=deletion.pk)
    notify_security_change(by, "deletion_asked")
    return deletion


@transaction.atomic
def cancel_deletion(*, by: Account) -> bool:
    """Give the deletion up; says whether one was to come."""
    deletion = Deletion.objects.standing().select_for_update().filter(account=by).first()
    if deletion is None:
        return False
    _cancel(deletion, by=by)
    return True


@handler(DELETE)
def delete_when_due(job: Job) -> None:
    """The seven days are over. An account locked after a fraud report stays: nobody knows who asked."""
    deletion = Deletion.objects.standing().select_for_update().filter(pk=job.subject_id).first()
    if deletion is None:
        return
    account = Account.objects.select_for_update(of=("self",)).get(pk=deletion.account_id)
    if account.locked_at is not None:
        _cancel(deletion, by=None)
    else:
        _delete(deletion, account)


@handler(FORGET)
def forget_address(job: Job) -> None:
    """The last message has gone: its address goes too, and the key that could open copies of it in backups."""
    Deletion.objects.filter(pk=job.subject_id).update(address_sealed=None)
    SubjectKey.objects.filter(subject=address_subject(job.subject_id)).delete()


def address_subject(deletion_id: int) -> str:
    """Whose data key seals the address of the last message."""
    return f"account-deletion:{deletion_id}"


def _cancel(deletion: Deletion, *, by: Account | None) -> None:
    deletion.cancelled_at = timezone.now()
    deletion.save(update_fields=["cancelled_at"])
    announce("account.deletion_cancelled", by=by, object_kind="deletion", object_id=deletion.pk)
    notify_security_change(deletion.account, "deletion_cancelled")


def _delete(deletion: Deletion, account: Account) -> None:
    now = timezone.now()
    if account.email:
        deletion.address_sealed = seal(address_subject(deletion.pk), ADDRESS_PLACE, account.email)
    deletion.done_at = now
    deletion.save(update_fields=["done_at", "address_sealed"])
    end_every_session(account)
    remove_exports(account)
    _remove_ways_in(account)
    Grant.objects.filter(account=account, revoked_at=None).update(revoked_at=now)
    _empty(account, now)
    announce("account.deleted", by=account, object_kind="account", object_id=account.pk)
    enqueue(TELL, key=str(deletion.pk), subject_id=deletion.pk, priority=Priority.ASKED)
    enqueue(FORGET, key=str(deletion.pk), subject_id=deletion.pk, due_at=now + ADDRESS_KEPT)


def _remove_ways_in(account: Account) -> None:
    """Second factors of every kind, identities linked, sessions recorded, networks known, changes of address under way."""
    forget_devices(account)
    for held in (WebAuthnUserHandle, SocialAccount):
        held._default_manager.filter(user=account).delete()
    for owned in (AccountSession, EmailChange, KnownNetwork):
        owned._default_manager.filter(account=account).delete()
    SubjectKey.objects.filter(subject=f"account:{account.pk}").delete()


def _empty(account: Account, now: datetime.datetime) -> None:
    for field, value in emptied(account.space).items():
        setattr(account, field, value)
    account.set_unusable_password()
    account.state = AccountState.CLOSED
    account.closed_at = now
    account.is_active = False
    account.save()
