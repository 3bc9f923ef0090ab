"""Entries of an account, and how an address names them."""

from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.audit.models import Entry


def entry_of(account: Account) -> dict[str, object]:
    """What the address of a new entry of the account is made of."""
    record("benefits.listed", by=account, object_kind="household", object_id=1)
    entry = Entry.objects.filter(account_id=account.pk).latest("pk")
    at = timezone.localtime(entry.at)
    return {"year": at.year, "month": at.month, "number": entry.pk}
