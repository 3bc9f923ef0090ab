"""Inviting somebody to work at a practice, and what becomes of the invitation. Acceptance is in `acceptance`."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.jobs import Job, JobState, Priority, enqueue
from portals.secrets import seal
from portals.secrets.models import SubjectKey
from privacy import audit
from providers.users.models import Delegation, draw_reference
from providers.users.notices import tell_holders
from providers.users.queries import EMAIL_PLACE, accounts_at, grants_of, index_of, state_of, subject_of
from providers.users.rules import INVITATION_LIFETIME, DelegationState

MAIL = "professional.delegation"
MAILS_A_DAY = 5


class AlreadyInvited(Exception):
    """An invitation stands for this address and this practice."""


class AlreadyInside(Exception):
    """Whoever has this address comes into the practice already."""


class DelegationOver(Exception):
    """The invitation was accepted, withdrawn, or its seven days are over."""


class SentOften(Exception):
    """The link went to this address five times today, or is on its way."""


@transaction.atomic
def invite(*, by: Account, professional_id: int, email: str, role: str) -> Delegation:
    """Ask the person at an address to work at a practice. Raises AlreadyInvited, AlreadyInside.

    An invitation that expired gives way to the new one. Runs in the practice's own context.
    """
    address = email.strip()
    today = timezone.localdate()
    if grants_of(professional_id, today).filter(account__in=accounts_at(address)).exists():
        raise AlreadyInside
    _make_way(professional_id, address)
    reference = draw_reference()
    try:
        with transaction.atomic():
            delegation = Delegation.objects.create(
                reference=reference,
                professional_id=professional_id,
                role=role,
                email_sealed=seal(subject_of(reference), EMAIL_PLACE, address),
                email_index=index_of(address),
                invited_by=by,
                expires_at=timezone.now() + INVITATION_LIFETIME,
            )
    except IntegrityError as error:
        raise AlreadyInvited from error
    _record("delegate.invited", by, delegation)
    _promise_mail(delegation)
    tell_holders(professional_id, "invited")
    return delegation


@transaction.atomic
def send_again(*, by: Account, professional_id: int, delegation_id: int) -> None:
    """A new link to the same address; the one before dies, and seven days begin again.

    Raises Delegation.DoesNotExist, DelegationOver, SentOften.
    """
    delegation = Delegation.objects.select_for_update().get(pk=delegation_id, professional=professional_id)
    if state_of(delegation, timezone.now()) not in {DelegationState.STANDING, DelegationState.EXPIRED}:
        raise DelegationOver
    jobs = Job.objects.filter(kind=MAIL, subject_id=delegation.pk)
    is_on_its_way = jobs.filter(state__in=[JobState.DUE, JobState.RUNNING, JobState.SENDING]).exists()
    since = timezone.now() - datetime.timedelta(days=1)
    if is_on_its_way or jobs.filter(created_at__gte=since).count() >= MAILS_A_DAY:
        raise SentOften
    _record("delegate.invitation_sent_again", by, delegation)
    _promise_mail(delegation)


@transaction.atomic
def withdraw(*, by: Account, professional_id: int, delegation_id: int) -> None:
    """The link opens nothing any more, and the address is forgotten. Raises DoesNotExist, DelegationOver."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation_id, professional=professional_id)
    if delegation.accepted_at is not None or delegation.revoked_at is not None:
        raise DelegationOver
    close(delegation, by=by)
    tell_holders(professional_id, "invitation_withdrawn")


def close(delegation: Delegation, *, by: Account | None) -> None:
    """Withdraw an invitation that nobody answered, in the caller's transaction."""
    delegation.revoked_at = timezone.now()
    forget_address(delegation)
    delegation.save(update_fields=["revoked_at", "email_sealed", "token_hash"])
    _record("delegate.invitation_withdrawn", by, delegation)


def forget_address(delegation: Delegation) -> None:
    """The key of its address goes, and with it every copy of the address in backups. The caller saves the row."""
    SubjectKey.objects.filter(subject=subject_of(delegation.reference)).delete()
    delegation.email_sealed = b""
    delegation.token_hash = None


def _make_way(professional_id: int, address: str) -> None:
    """Withdraw an expired invitation of the same address. Raises AlreadyInvited when it still stands."""
    waiting = Delegation.objects.select_for_update().filter(
        professional=professional_id, accepted_at=None, revoked_at=None
    )
    before = waiting.filter(email_index=index_of(address)).first()
    if before is None:
        return
    if state_of(before, timezone.now()) == DelegationState.STANDING:
        raise AlreadyInvited
    close(before, by=None)


def _promise_mail(delegation: Delegation) -> None:
    key = f"{delegation.pk}-{secrets.token_hex(8)}"
    enqueue(MAIL, key=key, subject_id=delegation.pk, priority=Priority.ASKED)


def _record(action: str, by: Account | None, delegation: Delegation) -> None:
    audit.record(
        action, by=by, object_kind="delegation", object_id=delegation.pk, details={"role": str(delegation.role)}
    )
