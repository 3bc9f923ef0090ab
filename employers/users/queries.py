"""Reads about the people who act for a company."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from employers.companies.queries import access_of
from employers.users.models import Invitation, Mandate
from employers.users.rules import InvitationState, invitation_state
from portals.access.models import Basis, CompanyRole, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.second_factor.queries import accounts_with_device
from portals.secrets import blind_index, unseal

EMAIL_PLACE = "employers_invitation.email_sealed"


@dataclass(frozen=True)
class User:
    """Somebody who acts for a company. `mandate` is that of a filing agent."""

    grant: Grant
    has_second_factor: bool
    mandate: Mandate | None = None

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

    invitation: Invitation
    email: str
    is_expired: bool
    mandate: Mandate | None


def grants_of(company_id: int, day: datetime.date) -> QuerySet[Grant]:
    """The grants that let somebody act for a company on a day or later, oldest first."""
    grants = Grant.objects.filter(space=Space.EMPLOYER, tenant_id=company_id, revoked_at=None)
    return grants.exclude(closes_on__lte=day).exclude(account__state=AccountState.CLOSED).order_by("id")


def users_of(company_id: int, day: datetime.date) -> list[User]:
    """Everyone who acts for a company or will, those who were never in yet included."""
    return _users(_with_accounts(company_id, day), company_id)


def user_of(company_id: int, grant_id: int, day: datetime.date) -> User | None:
    """One of them; None for somebody of another company as for nobody."""
    return next(iter(_users(_with_accounts(company_id, day).filter(pk=grant_id), company_id)), None)


def administrators_of(company_id: int, day: datetime.date) -> list[Account]:
    """The accounts that may manage the company's users on a day, their registration being complete."""
    grants = grants_of(company_id, day).filter(role=CompanyRole.ADMINISTRATOR, since__lte=day)
    able = grants.filter(account__is_active=True, account__state=AccountState.VALIDATED)
    return [grant.account for grant in able.select_related("account")]


def mandates_of(company_id: int) -> QuerySet[Mandate]:
    """The mandates of a company that nobody put an end to, latest first."""
    mandates = Mandate.objects.filter(company=company_id, ended_at=None, invitation__revoked_at=None)
    return mandates.select_related("invitation").order_by("-id")


def scope_of(grant: Grant, day: datetime.date) -> frozenset[str]:
    """The services of the mandate that a filing agent's grant rests on, in force on a day; none without one."""
    mandates = mandates_of(grant.tenant_id).filter(invitation__accepted_by=grant.account_id)
    running = mandates.filter(starts_on__lte=day, ends_on__gte=day).first()
    if running is None or not access_of(grant.tenant_id, day).is_open:
        return frozenset()
    return frozenset(running.services)


def waiting_invitations(company_id: int, now: datetime.datetime) -> list[Invited]:
    """The invitations that nobody answered, expired ones included, latest first."""
    waiting = Invitation.objects.filter(company=company_id, accepted_at=None, revoked_at=None)
    mandates = {mandate.invitation_id: mandate for mandate in mandates_of(company_id)}
    return [
        Invited(
            invitation,
            email=address_of(invitation),
            is_expired=state_of(invitation, now) == InvitationState.EXPIRED,
            mandate=mandates.get(invitation.pk),
        )
        for invitation in waiting.select_related("invited_by").order_by("-id")
    ]


def state_of(invitation: Invitation, now: datetime.datetime) -> InvitationState:
    return invitation_state(
        accepted_at=invitation.accepted_at,
        revoked_at=invitation.revoked_at,
        expires_at=invitation.expires_at,
        now=now,
    )


def address_of(invitation: Invitation) -> str:
    """Where the invitation goes. Raises `SubjectForgotten` once it has been answered or withdrawn."""
    return unseal(subject_of(invitation.reference), EMAIL_PLACE, invitation.email_sealed)


def subject_of(reference: str) -> str:
    """Whose data key seals the address of an invitation."""
    return f"invitation:{reference}"


def index_of(email: str) -> bytes:
    """What an address is compared by, without regard to case."""
    return blind_index(EMAIL_PLACE, email.strip().lower())


def accounts_at(email: str) -> list[Account]:
    """The open accounts of the employer space that have this address."""
    accounts = Account.objects.filter(space=Space.EMPLOYER, is_active=True, email__iexact=email.strip())
    return list(accounts.exclude(state=AccountState.CLOSED).order_by("id"))


def _with_accounts(company_id: int, day: datetime.date) -> QuerySet[Grant]:
    return grants_of(company_id, day).select_related("account")


def _users(grants: QuerySet[Grant], company_id: int) -> list[User]:
    """Three queries, however many people act for the company."""
    found = list(grants)
    verified = accounts_with_device([grant.account_id for grant in found])
    oldest_first = reversed(mandates_of(company_id))
    mandates = {mandate.invitation.accepted_by_id: mandate for mandate in oldest_first}
    return [
        User(
            grant,
            has_second_factor=grant.account_id in verified,
            mandate=mandates.get(grant.account_id) if grant.basis == Basis.MANDATE else None,
        )
        for grant in found
    ]
