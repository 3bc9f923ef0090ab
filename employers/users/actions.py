"""What changes the people who act for a company: roles and revocations. Invitations are in their own module."""

from django.db import transaction
from django.utils import timezone

from employers.banking.leaving import stop_changes_of
from employers.users.invitations import withdraw_those_of
from employers.users.models import Mandate
from employers.users.notices import tell, tell_administrators
from employers.users.queries import grants_of
from portals.access.models import Basis, CompanyRole, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.security.sessions import end_every_session
from privacy import audit


class LastAdministrator(Exception):
    """Without this person nobody could manage the users of the company any more."""


class NotAUser(LookupError):
    """Nobody of this number acts for the company."""


class RoleOfMandate(Exception):
    """A filing agent does what the mandate says: their role is not changed, the mandate is."""


@transaction.atomic
def change_role(*, by: Account, company_id: int, grant_id: int, role: str) -> Grant:
    """Give somebody another role. Raises NotAUser, RoleOfMandate, LastAdministrator."""
    grant = _locked(company_id, grant_id)
    if grant.basis == Basis.MANDATE:
        raise RoleOfMandate
    if grant.role == role:
        return grant
    if grant.role == CompanyRole.ADMINISTRATOR:
        _keep_one_administrator(company_id, grant)
        withdraw_those_of(by=by, company_id=company_id, inviter=grant.account)
        stop_changes_of(by=by, company_id=company_id, leaving=grant.account)
    before, grant.role = grant.role, CompanyRole(role)
    grant.save(update_fields=["role"])
    audit.record(
        "user.role_changed", by=by, object_kind="grant", object_id=grant.pk, details={"from": before, "to": str(role)}
    )
    tell_administrators(company_id, "role_changed")
    tell(grant.account, "your_role_changed")
    return grant


@transaction.atomic
def revoke(*, by: Account, company_id: int, grant_id: int) -> None:
    """Somebody no longer acts for the company: their sessions end at their next request, whichever company they show.

    Raises NotAUser, LastAdministrator. Invitations that they had sent and nobody answered are withdrawn with them.
    """
    grant = _locked(company_id, grant_id)
    if grant.role == CompanyRole.ADMINISTRATOR:
        _keep_one_administrator(company_id, grant)
    now = timezone.now()
    grant.revoked_at = now
    grant.save(update_fields=["revoked_at"])
    end_every_session(grant.account)
    mandates = Mandate.objects.filter(company=company_id, invitation__accepted_by=grant.account_id, ended_at=None)
    mandates.update(ended_at=now)
    withdraw_those_of(by=by, company_id=company_id, inviter=grant.account)
    stop_changes_of(by=by, company_id=company_id, leaving=grant.account)
    audit.record("user.revoked", by=by, object_kind="grant", object_id=grant.pk, details={"role": grant.role})
    tell_administrators(company_id, "revoked")
    tell(grant.account, "your_access_revoked")


def _locked(company_id: int, grant_id: int) -> Grant:
    """The grant to change; those of the company's administrators are locked with it, in one order for everybody."""
    everyone = grants_of(company_id, timezone.localdate()).select_related("account")
    wanted = everyone.filter(pk=grant_id) | everyone.filter(role=CompanyRole.ADMINISTRATOR)
    grants = {grant.pk: grant for grant in wanted.select_for_update(of=("self",))}
    if grant_id not in grants:
        raise NotAUser
    return grants[grant_id]


def _keep_one_administrator(company_id: int, leaving: Grant) -> None:
    """Somebody else who is registered and able must remain. Raises LastAdministrator."""
    others = Grant.objects.filter(
        space=Space.EMPLOYER,
        tenant_id=company_id,
        role=CompanyRole.ADMINISTRATOR,
        revoked_at=None,
        account__is_active=True,
        account__state=AccountState.VALIDATED,
    )
    if not others.open_on(timezone.localdate()).exclude(pk=leaving.pk).exists():
        raise LastAdministrator
