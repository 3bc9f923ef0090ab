"""What a practice has asked lately, as the rules want to know it."""

import datetime

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from providers.rights.models import RightsLookup
from providers.rights.rules import BURST, DRIP, HABIT_DAYS, PARIS, Recent, day_of, night_of

RECENT = """
    SELECT
        count(*) FILTER (WHERE at > %(burst)s),
        count(*) FILTER (WHERE at >= %(day)s),
        count(*) FILTER (WHERE at >= %(night)s),
        (SELECT count(*) FILTER (WHERE at > %(burst)s) FROM missed),
        (SELECT count(*) FILTER (WHERE at >= %(day)s) FROM missed),
        (SELECT count(*) FROM missed),
        (SELECT count(DISTINCT date_key) FROM providers_rightslookup
         WHERE professional_id = %(professional)s AND NOT found AND number_key = %(number)s AND at > %(drip)s),
        (SELECT count(DISTINCT number_key) FROM providers_rightslookup
         WHERE professional_id = %(professional)s AND NOT found AND date_key = %(date)s AND at > %(drip)s)
    FROM providers_rightslookup
    WHERE professional_id = %(professional)s AND at >= least(%(day)s, %(night)s, %(burst)s)
"""
MISSED = """
    WITH missed AS MATERIALIZED (
        SELECT at FROM providers_rightslookup
        WHERE professional_id = %(professional)s AND NOT found AND at > %(drip)s
    )
"""
REMEMBERED = datetime.timedelta(days=60)


def asked_today(professional_id: int, now: datetime.datetime) -> int:
    """How many questions a practice has had answered since 0 h in Paris. One query."""
    return RightsLookup.objects.filter(professional=professional_id, at__gte=day_of(now)).count()


def last_of(professional_id: int, count: int) -> QuerySet[RightsLookup]:
    """Its last references, newest first."""
    return RightsLookup.objects.filter(professional=professional_id).order_by("-at", "-id")[:count]


def recent_of(lookup: RightsLookup, *, since: datetime.datetime | None = None) -> Recent:
    """What was asked up to and including this question; nothing before `since` counts. One query, by indexes."""
    now, earliest = lookup.at, since or datetime.datetime.min.replace(tzinfo=datetime.UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            MISSED + RECENT,
            {
                "professional": lookup.professional_id,
                "burst": max(now - BURST, earliest),
                "day": max(day_of(now), earliest),
                "night": max(night_of(now) or now + BURST, earliest),
                "drip": max(now - DRIP, earliest),
                "number": bytes(lookup.number_key),
                "date": bytes(lookup.date_key) if lookup.date_key else None,
            },
        )
        row = cursor.fetchall()[0]
    return Recent(*row)


def habit_of(professional_id: int, now: datetime.datetime) -> list[int]:
    """The lookups of each of its last active days, today left out. One query."""
    past = RightsLookup.objects.filter(professional=professional_id, at__gte=now - REMEMBERED, at__lt=day_of(now))
    days = past.annotate(day=TruncDate("at", tzinfo=PARIS)).values("day").annotate(asked=Count("id"))
    return list(days.order_by("-day").values_list("asked", flat=True)[:HABIT_DAYS])
