"""The networks that an account is used to: from there its owner keeps two tries of their own (docs/decisions/limits.md).

A network is noted when somebody signs in with all that the account asks for, and forgotten after twelve months. Only
its keyed hash is kept, made with the identifier: it says neither where a person lives nor who lives with whom.
"""

import datetime

from django.utils import timezone

from portals.accounts.models import Account, KnownNetwork
from portals.secrets import blind_index

KEPT = datetime.timedelta(days=365)
PLACE = "portals_knownnetwork.digest"


def is_known(identifier: str, network: str) -> bool:
    """Whether the account of this identifier was opened from this network in the last twelve months."""
    since = timezone.now() - KEPT
    return KnownNetwork.objects.filter(digest=_digest(identifier, network), last_used_at__gte=since).exists()


def remember(account: Account, network: str) -> None:
    """Note that the owner was here. Call it only once everything that the account asks for has been given."""
    row = KnownNetwork(account=account, digest=_digest(account.identifier, network), last_used_at=timezone.now())
    KnownNetwork.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["digest"], update_fields=["last_used_at"]
    )


def forget_unused(*, now: datetime.datetime) -> int:
    """Delete what has not served for twelve months; returns how many."""
    deleted, _ = KnownNetwork.objects.filter(last_used_at__lt=now - KEPT).delete()
    return deleted


def _digest(identifier: str, network: str) -> bytes:
    return blind_index(PLACE, f"{identifier}\x1f{network}")
