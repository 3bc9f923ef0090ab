"""Reads about availability."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from portals.editorial.availability.models import Interruption, Nature
from portals.editorial.availability.rules import ANNOUNCED_FOR, LOG_DAYS, time_away


def to_announce(now: datetime.datetime) -> Interruption | None:
    """The next maintenance that every page announces, or the one that is going on."""
    planned = Interruption.objects.filter(nature=Nature.MAINTENANCE, cancelled_at=None, ends_at__gt=now)
    return planned.filter(begins_at__lte=now + ANNOUNCED_FOR).order_by("begins_at", "id").first()


def planned(now: datetime.datetime) -> QuerySet[Interruption]:
    """Maintenances to come or going on, the nearest first."""
    rows = Interruption.objects.filter(nature=Nature.MAINTENANCE, cancelled_at=None, ends_at__gt=now)
    return rows.order_by("begins_at", "id")


def log(now: datetime.datetime) -> QuerySet[Interruption]:
    """What happened in the last two years: incidents, and maintenances that are over."""
    rows = Interruption.objects.filter(cancelled_at=None, begins_at__lte=now)
    rows = rows.filter(begins_at__gt=now - datetime.timedelta(days=LOG_DAYS))
    return rows.filter(Q(nature=Nature.INCIDENT) | Q(ends_at__lte=now)).order_by("-begins_at", "-id")


def minutes_away(days: int) -> int:
    """How many minutes of the last days an incident lasted."""
    now = timezone.now()
    since = now - datetime.timedelta(days=days)
    rows = Interruption.objects.filter(nature=Nature.INCIDENT, cancelled_at=None, begins_at__lte=now)
    rows = rows.filter(Q(ends_at=None) | Q(ends_at__gt=since))
    spans = [(row.begins_at, row.ends_at or now) for row in rows]
    return int(time_away(spans, since, now).total_seconds() // 60)
