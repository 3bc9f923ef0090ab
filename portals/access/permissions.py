"""Who may restrict whom."""

from portals.accounts.models import Account


def can_restrict(by: Account, account: Account) -> bool:
    """Whether staff may suspend or close this account: never one's own, and staff's with a right of its own."""
    return by.pk != account.pk and by.has_perm("portals.add_restriction") and reaches(by, account)


def can_lift(by: Account, account: Account) -> bool:
    """Whether staff may lift a measure taken against this account."""
    return by.pk != account.pk and by.has_perm("portals.change_restriction") and reaches(by, account)


def reaches(by: Account, account: Account) -> bool:
    """Whether the acts of this member of staff reach that account: staff's ask for a right of their own."""
    return not account.is_staff or by.has_perm("portals.restrict_staff_account")
