"""Reads about access that no request has entered with."""

from django.utils import timezone

from portals.access.entry import Closing
from portals.access.models import Withdrawal


def closing_of(space: str) -> Closing | None:
    """The announced end of a space, for pages of people who are signed out (CGU-7.5)."""
    standing = Withdrawal.objects.filter(space=space, cancelled_at=None, announced_at__lte=timezone.now()).first()
    if standing is None:
        return None
    return Closing(message=standing.message, closes_at=standing.closes_at, export_until=standing.export_until)
