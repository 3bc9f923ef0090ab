"""What a practice may ask and has asked, as the rules want to know it, and the row of each question."""

import datetime
import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from providers.rights.models import RightsLookup
from providers.rights.rules import BURST, DRIP, HABIT_DAYS, PARIS, Recent, day_of, night_of

COUNTER = "SELECT * FROM providers_rights_counter(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
KEEP = """
    INSERT INTO providers_rightslookup
        (professional_id, account_id, at, reference, on_day, found, number_key, date_key)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
REMEMBERED = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Asking:
    """The keyed fingerprints of a question: of the number, and of the date of birth when one was typed."""

    number_key: bytes
    date_key: bytes | None


@dataclass(frozen=True)
class Reference:
    """An answer of the past, without a name."""

    text: str
    at: datetime.datetime
    on_day: datetime.date


@dataclass(frozen=True)
class Counter:
    """Where a practice with an agreement in force stands. `last` are its last references, newest first."""

    practice_name: str
    profession: str
    city: str
    is_stopped: bool
    asked_today: int
    recent: Recent
    last: tuple[Reference, ...]


def counter_of(professional_id: int, now: datetime.datetime, *, asking: Asking | None = None) -> Counter | None:
    """Where a practice stands before it asks; None without an agreement in force today. One query, by indexes.

    With `asking`, the practice's other questions wait until the running transaction has ended, and `recent` says what
    concerns this one.
    """
    moments = (day_of(now), night_of(now) or now + BURST, now - BURST, now - DRIP)
    keys = (asking.number_key, asking.date_key) if asking else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(COUNTER, (professional_id, timezone.localdate(now), now, *moments, *keys))
        row = cursor.fetchone()
    if row is None:
        return None
    practice_name, profession, city, is_stopped, asked_today, *recent, last = row
    return Counter(
        practice_name, profession, city, is_stopped, asked_today, Recent(*(count or 0 for count in recent)),
        tuple(_reference(*kept) for kept in json.loads(last or "[]")),
    )  # fmt: skip


def _reference(text: str, at: str, on_day: str) -> Reference:
    return Reference(text, datetime.datetime.fromisoformat(at), datetime.date.fromisoformat(on_day))


def keep(*, professional_id: int, account_id: int, reference: Reference, asking: Asking, is_found: bool) -> int:
    """Write the row of a question that was answered; returns its id. One query."""
    row = (
        professional_id, account_id, reference.at, reference.text, reference.on_day, is_found, asking.number_key,
        asking.date_key,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(KEEP, row)
        kept: int = cursor.fetchall()[0][0]
    return kept


def habit_of(professional_id: int, now: datetime.datetime) -> list[int]:
    """The lookups of each of its last active days, today left out. One query."""
    past = RightsLookup.objects.filter(professional=professional_id, at__gte=now - REMEMBERED, at__lt=day_of(now))
    days = past.annotate(day=TruncDate("at", tzinfo=PARIS)).values("day").annotate(asked=Count("id"))
    return list(days.order_by("-day").values_list("asked", flat=True)[:HABIT_DAYS])
