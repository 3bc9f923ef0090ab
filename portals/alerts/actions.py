"""Placing alerts, and taking them down once they are read."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.alerts.models import Alert
from portals.signals import announce


def place(*, account_ids: Collection[int], key: str, sentence: str, path: str) -> int:
    """Place an alert on these accounts, in the caller's transaction; those that have it keep theirs. Returns how many."""
    had = set(Alert.objects.filter(key=key, account__in=account_ids).values_list("account_id", flat=True))
    missing = sorted(set(account_ids) - had)
    Alert.objects.bulk_create(
        [Alert(account_id=pk, key=key, sentence=sentence, path=path) for pk in missing], ignore_conflicts=True
    )
    return len(missing)


@transaction.atomic
def acknowledge(*, by: Account, key: str) -> bool:
    """The holder has read it: it stands on no page any more. False when it was read before, or never placed."""
    read = Alert.objects.filter(account=by, key=key, read_at=None).update(read_at=timezone.now())
    if read:
        announce("alert.read", by=by, object_kind="alert", object_id=key)
    return bool(read)
