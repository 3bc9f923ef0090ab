"""Accepting an invitation, signed out or signed in.

Whoever holds the link belongs to no company yet, so the invitation is looked for in the system's context: by the hash
of its token, and by nothing that anybody could guess.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from employers.companies.queries import access_of
from employers.users.invitations import AlreadyUser, InvitationOver, forget_address
from employers.users.models import Invitation, Mandate
from employers.users.notices import tell_administrators
from employers.users.queries import accounts_at, address_of, grants_of, index_of, state_of
from employers.users.rules import InvitationState, mandate_closes_on
from employers.users.tokens import hash_of
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.actions import add_account
from portals.accounts.models import Account, Space
from portals.accounts.rules import Access
from portals.accounts.signup import Match
from privacy import audit


class AddressOfAnother(Exception):
    """The invitation went to another address than the account's, or to another space."""


class AccountExists(Exception):
    """An account of the employer space has this address: its owner must sign in to accept."""


@dataclass(frozen=True)
class Offer:
    """What an invitation proposes, as the page says it."""

    company_name: str
    role: str
    is_mandate: bool
    has_account: bool
    is_for: Account | None = None


def offer_of(token: str, account: Account | None) -> Offer:
    """What the link offers; `is_for` is the signed-in account when the invitation went to its address.

    Raises InvitationOver for a link that nobody was ever given as for one that has served.
    """
    with isolation.system():
        invitation = _standing(token)
        address = address_of(invitation)
        is_theirs = account is not None and _is_theirs(invitation, account)
        return Offer(
            company_name=invitation.company.name,
            role=invitation.get_role_display(),
            is_mandate=_mandate_of(invitation) is not None,
            has_account=bool(accounts_at(address)),
            is_for=account if is_theirs else None,
        )


@transaction.atomic
def accept_as_newcomer(*, by: None, token: str, name: str, organisation: str) -> Account:
    """Open an account at the invited address; its credentials leave by the usual two e-mails (CGU-2.2, 2.3).

    `organisation` is that of a filing agent; others act for the company itself. Raises InvitationOver, AccountExists.
    """
    with isolation.system():
        invitation = _standing(token, lock=True)
        address = address_of(invitation)
        if accounts_at(address):
            raise AccountExists
        access, mandate = _what_it_gives(invitation)
        company = invitation.company
        account = add_account(
            by=by,
            space=Space.EMPLOYER,
            basis=Basis.MANDATE if mandate else Basis.GROUP_CONTRACT,
            since=_first_day(mandate),
            match=Match(
                tenant_id=company.pk,
                subject_id=company.pk,
                display_name=name,
                email=address,
                organisation_name=organisation if mandate else company.name,
                ended_on=access.ended_on,
                closes_on=access.closes_on,
                role=invitation.role,
            ),
        )
        _close(invitation, account)
    return account


@transaction.atomic
def accept(*, by: Account, token: str) -> Grant:
    """Give the signed-in account a grant for one more company.

    Raises InvitationOver, AddressOfAnother, and AlreadyUser: an invitation never changes the role of somebody inside.
    """
    with isolation.system():
        invitation = _standing(token, lock=True)
        if not _is_theirs(invitation, by):
            raise AddressOfAnother
        if grants_of(invitation.company_id, timezone.localdate()).filter(account=by).exists():
            raise AlreadyUser
        access, mandate = _what_it_gives(invitation)
        grant, _ = Grant.objects.update_or_create(
            account=by,
            space=Space.EMPLOYER,
            tenant_id=invitation.company_id,
            subject_id=invitation.company_id,
            defaults={
                "basis": Basis.MANDATE if mandate else Basis.GROUP_CONTRACT,
                "role": invitation.role,
                "since": _first_day(mandate),
                "ended_on": access.ended_on,
                "closes_on": access.closes_on,
                "revoked_at": None,
            },
        )
        _close(invitation, by)
    return grant


def _standing(token: str, *, lock: bool = False) -> Invitation:
    invitations = Invitation.objects.select_related("company")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(token_hash=hash_of(token)).first()
    now = timezone.now()
    if invitation is None or state_of(invitation, now) != InvitationState.STANDING:
        raise InvitationOver
    mandate = _mandate_of(invitation)
    today = timezone.localdate(now)
    if not access_of(invitation.company_id, today).is_open or (mandate and mandate.ends_on < today):
        raise InvitationOver
    return invitation


def _mandate_of(invitation: Invitation) -> Mandate | None:
    return Mandate.objects.filter(invitation=invitation).first()


def _is_theirs(invitation: Invitation, account: Account) -> bool:
    return account.space == Space.EMPLOYER and index_of(account.email) == bytes(invitation.email_index)


def _what_it_gives(invitation: Invitation) -> tuple[Access, Mandate | None]:
    """The dates of the grant, those of the mandate included, and the mandate.

    Raises InvitationOver for a mandate that would begin when the company's own access has closed.
    """
    company = access_of(invitation.company_id, timezone.localdate())
    mandate = _mandate_of(invitation)
    if mandate is None:
        return company, None
    closes_on = mandate_closes_on(mandate.ends_on, company)
    if closes_on <= _first_day(mandate):
        raise InvitationOver
    return Access(is_open=True, ended_on=company.ended_on, closes_on=closes_on), mandate


def _first_day(mandate: Mandate | None) -> datetime.date:
    today = timezone.localdate()
    return max(today, mandate.starts_on) if mandate else today


def _close(invitation: Invitation, account: Account) -> None:
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = account
    forget_address(invitation)
    invitation.save(update_fields=["accepted_at", "accepted_by", "email_sealed", "token_hash"])
    audit.record(
        "user.joined",
        by=account,
        object_kind="invitation",
        object_id=invitation.pk,
        details={"company": invitation.company_id, "role": invitation.role},
    )
    tell_administrators(invitation.company_id, "joined")
