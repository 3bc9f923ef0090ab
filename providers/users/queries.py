"""Reads about the people who work at a practice."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from portals.access.models import Grant
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.rules import Access, access_given_by
from portals.accounts.second_factor.queries import accounts_with_device
from portals.secrets import blind_index, unseal
from providers.agreements.models import Agreement
from providers.users.models import Delegation
from providers.users.rules import DelegationState, delegation_state

EMAIL_PLACE = "providers_delegation.email_sealed"


@dataclass(frozen=True)
class Delegate:
    """Somebody who works at a practice."""

    grant: Grant
    has_second_factor: bool

    @property
    def account(self) -> Account:
        return self.grant.account

    @property
    def has_entered(self) -> bool:
        """Whether the registration is complete: until then nothing opens (CGU-1.6)."""
        return self.account.state == AccountState.VALIDATED


@dataclass(frozen=True)
class Invited:
    """An invitation that waits for its answer, with its address in clear."""

    delegation: Delegation
    email: str
    is_expired: bool


def grants_of(professional_id: int, day: datetime.date) -> QuerySet[Grant]:
    """The grants that open a practice on a day or later, the professional's own included, oldest first."""
    grants = Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id=professional_id, revoked_at=None)
    return grants.exclude(closes_on__lte=day).exclude(account__state=AccountState.CLOSED).order_by("id")


def delegates_of(professional_id: int, day: datetime.date) -> list[Delegate]:
    """Everyone who works there or will, those who were never in yet included. Two queries."""
    return _delegates(_delegated(professional_id, day))


def delegate_of(professional_id: int, grant_id: int, day: datetime.date) -> Delegate | None:
    """One of them; None for somebody of another practice, and for the professional, as for nobody."""
    return next(iter(_delegates(_delegated(professional_id, day).filter(pk=grant_id))), None)


def holders_of(professional_id: int, day: datetime.date) -> list[Account]:
    """The professional's own accounts, their registration being complete."""
    grants = grants_of(professional_id, day).filter(role="", since__lte=day)
    able = grants.filter(account__is_active=True, account__state=AccountState.VALIDATED)
    return [grant.account for grant in able.select_related("account")]


def waiting_delegations(professional_id: int, now: datetime.datetime) -> list[Invited]:
    """The invitations that nobody answered, expired ones included, latest first."""
    waiting = Delegation.objects.filter(professional=professional_id, accepted_at=None, revoked_at=None)
    return [
        Invited(one, email=address_of(one), is_expired=state_of(one, now) == DelegationState.EXPIRED)
        for one in waiting.select_related("invited_by").order_by("-id")
    ]


def access_of(professional_id: int, today: datetime.date) -> Access:
    """What the agreements of a professional that have begun give to those who come in (CGU-7.3, 7.4)."""
    begun = Agreement.objects.filter(professional=professional_id, start_date__lte=today)
    return access_given_by(list(begun.values_list("end_date", flat=True)), today)


def state_of(delegation: Delegation, now: datetime.datetime) -> DelegationState:
    return delegation_state(
        accepted_at=delegation.accepted_at,
        revoked_at=delegation.revoked_at,
        expires_at=delegation.expires_at,
        now=now,
    )


def address_of(delegation: Delegation) -> str:
    """Where the invitation goes. Raises `SubjectForgotten` once it has been answered or withdrawn."""
    return unseal(subject_of(delegation.reference), EMAIL_PLACE, delegation.email_sealed)


def subject_of(reference: str) -> str:
    """Whose data key seals the address of an invitation."""
    return f"delegation:{reference}"


def index_of(email: str) -> bytes:
    """What an address is compared by, without regard to case."""
    return blind_index(EMAIL_PLACE, email.strip().lower())


def accounts_at(email: str) -> list[Account]:
    """The open accounts of the professional space that have this address."""
    accounts = Account.objects.filter(space=Space.PROFESSIONAL, is_active=True, email__iexact=email.strip())
    return list(accounts.exclude(state=AccountState.CLOSED).order_by("id"))


def _delegated(professional_id: int, day: datetime.date) -> QuerySet[Grant]:
    return grants_of(professional_id, day).exclude(role="").select_related("account")


def _delegates(grants: Iterable[Grant]) -> list[Delegate]:
    found = list(grants)
    verified = accounts_with_device([grant.account_id for grant in found])
    return [Delegate(grant, has_second_factor=grant.account_id in verified) for grant in found]
