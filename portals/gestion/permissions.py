"""Who may do what, and whom staff may act upon."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portals.access.entry import account_of
from portals.access.permissions import reaches
from portals.accounts.models import Account


def with_right(request: HttpRequest, permission: str) -> Account:
    """Who asks, when they have this right. Raises PermissionDenied."""
    by = account_of(request)
    if not by.has_perm(permission):
        raise PermissionDenied
    return by


def may(by: Account, permission: str, account: Account) -> bool:
    """Whether staff may do this to an account: never their own, and another member of staff's with a right of its own."""
    return by.pk != account.pk and by.has_perm(permission) and reaches(by, account)
