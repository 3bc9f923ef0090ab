"""Whom staff may act upon."""

from portals.access.permissions import reaches
from portals.accounts.models import Account


def may(by: Account, permission: str, account: Account) -> bool:
    """Whether staff may do this to an account: never their own, and another member of staff's with a right of its own."""
    return by.pk != account.pk and by.has_perm(permission) and reaches(by, account)
