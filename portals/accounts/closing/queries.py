"""Reads about the deletion of an account."""

from dataclasses import dataclass

from django.utils import timezone

from portals.access.models import CompanyRole, Grant
from portals.accounts.closing.models import Deletion
from portals.accounts.models import Account, AccountState, Space


@dataclass(frozen=True)
class LeftBehind:
    """A company that loses its last administrator with this account; `colleagues` keep their own access."""

    colleagues: int


def standing_of(account: Account) -> Deletion | None:
    """The deletion that is to come, if one is."""
    return Deletion.objects.standing().filter(account=account).first()


def delegates_left_behind(account: Account) -> int:
    """How many people lose their access with this account, the last of a professional. Two queries for each practice."""
    if account.space != Space.PROFESSIONAL:
        return 0
    open_grants = Grant.objects.filter(space=Space.PROFESSIONAL, account__is_active=True).open_on(timezone.localdate())
    lost: set[int] = set()
    for tenant_id in open_grants.filter(account=account, role="").values_list("tenant_id", flat=True):
        others = open_grants.filter(tenant_id=tenant_id).exclude(account=account)
        others = others.exclude(account__state=AccountState.CLOSED)
        if not others.filter(role="", account__state=AccountState.VALIDATED).exists():
            lost.update(others.exclude(role="").values_list("account_id", flat=True))
    return len(lost)


def companies_left_behind(account: Account) -> list[LeftBehind]:
    """One for each company of which this account is the only administrator. Two queries for each company."""
    if account.space != Space.EMPLOYER:
        return []
    open_grants = Grant.objects.filter(space=Space.EMPLOYER).open_on(timezone.localdate())
    mine = open_grants.filter(account=account, role=CompanyRole.ADMINISTRATOR)
    left = []
    for tenant_id in mine.order_by("id").values_list("tenant_id", flat=True):
        others = open_grants.filter(tenant_id=tenant_id, account__is_active=True).exclude(account=account)
        others = others.exclude(account__state=AccountState.CLOSED)
        if not others.filter(role=CompanyRole.ADMINISTRATOR).exists():
            left.append(LeftBehind(colleagues=others.values("account").distinct().count()))
    return left
