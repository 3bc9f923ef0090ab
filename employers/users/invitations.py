"""Inviting somebody to act for a company, and what becomes of the invitation. Acceptance is in `acceptance`."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.users.models import Invitation, draw_reference
from employers.users.notices import tell_administrators
from employers.users.queries import EMAIL_PLACE, accounts_at, grants_of, index_of, state_of, subject_of
from employers.users.rules import INVITATION_LIFETIME, InvitationState
from portals.accounts.models import Account
from portals.jobs import Job, JobState, Priority, enqueue
from portals.secrets import seal
from portals.secrets.models import SubjectKey
from privacy import audit

MAILS_A_DAY = 5


class AlreadyInvited(Exception):
    """An invitation stands for this address and this company."""


class AlreadyUser(Exception):
    """Whoever has this address acts for the company already."""


class InvitationOver(Exception):
    """The invitation was accepted, withdrawn, or its seven days are over."""


class SentOften(Exception):
    """The link went to this address five times today, or is on its way."""


@transaction.atomic
def invite(*, by: Account, company_id: int, email: str, role: str) -> Invitation:
    """Ask the person at an address to act for a company. Raises AlreadyInvited, AlreadyUser.

    An invitation that expired gives way to the new one. Runs in the company's own context.
    """
    address = email.strip()
    today = timezone.localdate()
    if grants_of(company_id, today).filter(account__in=accounts_at(address)).exists():
        raise AlreadyUser
    _make_way(company_id, address)
    reference = draw_reference()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                reference=reference,
                company_id=company_id,
                role=role,
                email_sealed=seal(subject_of(reference), EMAIL_PLACE, address),
                email_index=index_of(address),
                invited_by=by,
                expires_at=timezone.now() + INVITATION_LIFETIME,
            )
    except IntegrityError as error:
        raise AlreadyInvited from error
    audit.record("user.invited", by=by, object_kind="invitation", object_id=invitation.pk, details={"role": str(role)})
    _promise_mail(invitation)
    tell_administrators(company_id, "invited")
    return invitation


@transaction.atomic
def send_again(*, by: Account, company_id: int, invitation_id: int) -> None:
    """A new link to the same address; the one before dies, and seven days begin again.

    Raises Invitation.DoesNotExist, InvitationOver, SentOften.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id, company=company_id)
    if state_of(invitation, timezone.now()) not in {InvitationState.STANDING, InvitationState.EXPIRED}:
        raise InvitationOver
    jobs = Job.objects.filter(kind="employer.invitation", subject_id=invitation.pk)
    is_on_its_way = jobs.filter(state__in=[JobState.DUE, JobState.RUNNING, JobState.SENDING]).exists()
    since = timezone.now() - datetime.timedelta(days=1)
    if is_on_its_way or jobs.filter(created_at__gte=since).count() >= MAILS_A_DAY:
        raise SentOften
    audit.record("user.invitation_sent_again", by=by, object_kind="invitation", object_id=invitation.pk)
    _promise_mail(invitation)


@transaction.atomic
def withdraw(*, by: Account, company_id: int, invitation_id: int) -> None:
    """The link opens nothing any more, and the address is forgotten. Raises DoesNotExist, InvitationOver."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id, company=company_id)
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise InvitationOver
    _close(by, invitation)
    tell_administrators(company_id, "invitation_withdrawn")


@transaction.atomic
def withdraw_those_of(*, by: Account, company_id: int, inviter: Account) -> int:
    """Withdraw what somebody who manages users no longer had sent and nobody answered; says how many."""
    theirs = Invitation.objects.select_for_update().filter(company=company_id, invited_by=inviter)
    waiting = list(theirs.filter(accepted_at=None, revoked_at=None))
    for invitation in waiting:
        _close(by, invitation)
    return len(waiting)


def forget_address(invitation: Invitation) -> None:
    """The key of its address goes, and with it every copy of the address in backups. The caller saves the row."""
    SubjectKey.objects.filter(subject=subject_of(invitation.reference)).delete()
    invitation.email_sealed = b""
    invitation.token_hash = None


def _make_way(company_id: int, address: str) -> None:
    """Withdraw an expired invitation of the same address. Raises AlreadyInvited when it still stands."""
    waiting = Invitation.objects.select_for_update().filter(company=company_id, accepted_at=None, revoked_at=None)
    before = waiting.filter(email_index=index_of(address)).first()
    if before is None:
        return
    if state_of(before, timezone.now()) == InvitationState.STANDING:
        raise AlreadyInvited
    _close(None, before)


def _close(by: Account | None, invitation: Invitation) -> None:
    invitation.revoked_at = timezone.now()
    forget_address(invitation)
    invitation.save(update_fields=["revoked_at", "email_sealed", "token_hash"])
    audit.record("user.invitation_withdrawn", by=by, object_kind="invitation", object_id=invitation.pk)


def _promise_mail(invitation: Invitation) -> None:
    key = f"{invitation.pk}-{secrets.token_hex(8)}"
    enqueue("employer.invitation", key=key, subject_id=invitation.pk, priority=Priority.ASKED)
