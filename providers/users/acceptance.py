"""Accepting an invitation, signed out or signed in.

Whoever holds the link belongs to no practice yet, so the invitation is looked for in the system's context: by the hash
of its token, and by nothing that anybody could guess.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.actions import add_account
from portals.accounts.models import Account, Space
from portals.accounts.signup import Match
from privacy import audit
from providers.agreements.signup import practice_of
from providers.users.invitations import AlreadyInside, DelegationOver, forget_address
from providers.users.models import Delegation
from providers.users.notices import tell_holders
from providers.users.queries import access_of, accounts_at, address_of, grants_of, holders_of, index_of, state_of
from providers.users.rules import DelegationState, hash_of


class AddressOfAnother(Exception):
    """The invitation went to another address than the account's, or to another space."""


class AccountExists(Exception):
    """An account of the professional space has this address: its owner must sign in to accept."""


@dataclass(frozen=True)
class Offer:
    """What an invitation proposes, as the page says it."""

    practice: str
    role: str
    has_account: bool
    is_for: Account | None = None


def offer_of(token: str, account: Account | None) -> Offer:
    """What the link offers; `is_for` is the signed-in account when the invitation went to its address.

    Raises DelegationOver for a link that nobody was ever given as for one that has served.
    """
    with isolation.system():
        delegation = _standing(token)
        is_theirs = account is not None and _is_theirs(delegation, account)
        return Offer(
            practice=practice_of(delegation.professional),
            role=delegation.get_role_display(),
            has_account=bool(accounts_at(address_of(delegation))),
            is_for=account if is_theirs else None,
        )


@transaction.atomic
def accept_as_newcomer(*, by: None, token: str, name: str) -> Account:
    """Open an account at the invited address; its credentials leave by the usual two e-mails (CGU-2.2, 2.3).

    Raises DelegationOver, AccountExists.
    """
    with isolation.system():
        delegation = _standing(token, lock=True)
        address = address_of(delegation)
        if accounts_at(address):
            raise AccountExists
        professional, today = delegation.professional, timezone.localdate()
        access = access_of(professional.pk, today)
        account = add_account(
            by=by,
            space=Space.PROFESSIONAL,
            basis=Basis.AGREEMENT,
            since=today,
            match=Match(
                tenant_id=professional.pk,
                subject_id=professional.pk,
                display_name=name,
                email=address,
                organisation_name=practice_of(professional),
                ended_on=access.ended_on,
                closes_on=access.closes_on,
                role=delegation.role,
            ),
        )
        _close(delegation, account)
    return account


@transaction.atomic
def accept(*, by: Account, token: str) -> Grant:
    """Give the signed-in account a grant for one more practice.

    Raises DelegationOver, AddressOfAnother, and AlreadyInside: an invitation never changes what somebody inside may do.
    """
    with isolation.system():
        delegation = _standing(token, lock=True)
        if not _is_theirs(delegation, by):
            raise AddressOfAnother
        professional_id, today = delegation.professional_id, timezone.localdate()
        if grants_of(professional_id, today).filter(account=by).exists():
            raise AlreadyInside
        access = access_of(professional_id, today)
        grant, _ = Grant.objects.update_or_create(
            account=by,
            space=Space.PROFESSIONAL,
            tenant_id=professional_id,
            subject_id=professional_id,
            defaults={
                "basis": Basis.AGREEMENT,
                "role": delegation.role,
                "since": today,
                "ended_on": access.ended_on,
                "closes_on": access.closes_on,
                "revoked_at": None,
            },
        )
        _close(delegation, by)
    return grant


def _standing(token: str, *, lock: bool = False) -> Delegation:
    """The invitation of a link, while it is good: so is the agreement, and somebody is there to answer for it."""
    delegations = Delegation.objects.select_related("professional")
    if lock:
        delegations = delegations.select_for_update(of=("self",))
    delegation = delegations.filter(token_hash=hash_of(token)).first()
    now = timezone.now()
    if delegation is None or state_of(delegation, now) != DelegationState.STANDING:
        raise DelegationOver
    today = timezone.localdate(now)
    access = access_of(delegation.professional_id, today)
    has_ended = access.ended_on is not None and access.ended_on < today
    if not access.is_open or has_ended or not holders_of(delegation.professional_id, today):
        raise DelegationOver
    return delegation


def _is_theirs(delegation: Delegation, account: Account) -> bool:
    return account.space == Space.PROFESSIONAL and index_of(account.email) == bytes(delegation.email_index)


def _close(delegation: Delegation, account: Account) -> None:
    delegation.accepted_at = timezone.now()
    delegation.accepted_by = account
    forget_address(delegation)
    delegation.save(update_fields=["accepted_at", "accepted_by", "email_sealed", "token_hash"])
    audit.record(
        "delegate.joined", by=account, object_kind="delegation", object_id=delegation.pk,
        details={"professional": delegation.professional_id, "role": delegation.role},
    )  # fmt: skip
    tell_holders(delegation.professional_id, "joined")
