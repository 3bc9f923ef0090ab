"""Announcing a maintenance, noting an incident, ending or cancelling either."""

import datetime

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.editorial.availability.models import Interruption, Nature
from portals.signals import announce


class EndsTooEarly(ValueError):
    """An interruption ends after it begins, and an incident has not ended before it happened."""


class AlreadyOver(Exception):
    """It has ended, or was cancelled."""


@transaction.atomic
def note(
    *, by: Account, nature: Nature, begins_at: datetime.datetime, ends_at: datetime.datetime | None, impact: str
) -> Interruption:
    """Announce a maintenance (with its end) or note an incident (without one while it lasts). Raises EndsTooEarly."""
    if ends_at is not None and ends_at <= begins_at:
        raise EndsTooEarly
    if nature == Nature.MAINTENANCE and (ends_at is None or ends_at <= timezone.now()):
        raise EndsTooEarly
    row = Interruption.objects.create(nature=nature, begins_at=begins_at, ends_at=ends_at, impact=impact, noted_by=by)
    announce(
        "availability.noted", by=by, object_kind="interruption", object_id=row.pk, details={"nature": nature.value}
    )
    return row


@transaction.atomic
def end(*, by: Account, row: Interruption, ends_at: datetime.datetime) -> None:
    """Say when an incident ended. Raises AlreadyOver or EndsTooEarly."""
    held = Interruption.objects.select_for_update().get(pk=row.pk)
    if held.nature != Nature.INCIDENT or held.ends_at is not None or held.cancelled_at is not None:
        raise AlreadyOver
    if ends_at <= held.begins_at or ends_at > timezone.now():
        raise EndsTooEarly
    held.ends_at = ends_at
    held.save(update_fields=["ends_at"])
    announce("availability.ended", by=by, object_kind="interruption", object_id=held.pk)


@transaction.atomic
def cancel(*, by: Account, row: Interruption) -> None:
    """Cancel a maintenance that has not begun; an incident that happened stays in the log. Raises AlreadyOver."""
    held = Interruption.objects.select_for_update().get(pk=row.pk)
    if held.nature != Nature.MAINTENANCE or held.cancelled_at is not None or held.begins_at <= timezone.now():
        raise AlreadyOver
    held.cancelled_at = timezone.now()
    held.save(update_fields=["cancelled_at"])
    announce("availability.cancelled", by=by, object_kind="interruption", object_id=held.pk)
