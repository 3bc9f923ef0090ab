"""Asking for somebody's rights, under the watch of the rules."""

import datetime
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from members.rights.answering import Asker, RightsCard, answer
from members.rights.questions import Question, Typed
from portals.access.isolation import OutsideTransaction
from portals.accounts.models import Account
from portals.secrets import blind_index
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of
from providers.rights.blocking import block, last_block_of
from providers.rights.history import asked_today, habit_of, recent_of
from providers.rights.models import RightsLookup
from providers.rights.quotas import QuotaReached
from providers.rights.rules import (
    A_DAY,
    PARIS,
    USUAL_AT_MOST,
    Pattern,
    Recent,
    pattern_of,
    reference_of,
    seconds_to_midnight,
)

NUMBER_PLACE, DATE_PLACE = "providers_rightslookup.number_key", "providers_rightslookup.date_key"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('providers.rights'), %s)"


@dataclass(frozen=True)
class Answered:
    """What came of a question, the `rank`-th of the day.

    `reason` is there when it crossed a line: the service is stopped, and nothing shown.
    """

    reference: str
    at: datetime.datetime
    day: datetime.date
    rank: int
    cards: tuple[RightsCard, ...]
    reason: str = ""


def look_up(*, by: Account, professional: Professional, question: Question, day: datetime.date) -> Answered:
    """Answer a question of a practice, in its row context (CGU-3.24); the practice's questions wait for one another.

    Runs in the request's transaction, which keeps together the answer, what is noted of it and what it stops; raises
    OutsideTransaction without one. Raises QuotaReached when the practice has had its answers of the day. What crosses
    a line of the rules is recorded, answered by nothing, and stops the service for every account of the practice
    (PDP-7.6).
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [professional.pk % 2**31])
    rank = asked_today(professional.pk, now) + 1
    if rank > A_DAY:
        raise QuotaReached(seconds_to_midnight(now), is_daily=True)
    reference = reference_of(now.astimezone(PARIS).date(), rank)
    cards = answer(question, day=day, asked_by=_asker(by, professional), reference=reference)
    lookup = RightsLookup.objects.create(
        professional=professional, account_id=by.pk, at=now, reference=reference, on_day=day, found=bool(cards),
        number_key=blind_index(NUMBER_PLACE, _number_of(question)),
        date_key=blind_index(DATE_PLACE, question.birth_date.isoformat()) if isinstance(question, Typed) else None,
    )  # fmt: skip
    pattern = _crossed(lookup)
    if pattern is None:
        return Answered(reference, now, day, rank, cards)
    reason = block(by=by, professional=professional, lookup=lookup, pattern=pattern)
    return Answered(reference, now, day, rank, (), reason=reason)


def _asker(account: Account, professional: Professional) -> Asker:
    return Asker(
        account=account,
        practice_name=practice_of(professional),
        profession=professional.profession,
        place=professional.city,
    )


def _number_of(question: Question) -> str:
    return question.member_number if isinstance(question, Typed) else question.card_number


def _crossed(lookup: RightsLookup) -> Pattern | None:
    """The line that the practice has crossed; what staff have already judged is not counted again."""
    if _pattern(lookup, recent_of(lookup)) is None:
        return None
    since = last_block_of(lookup.professional_id)
    return _pattern(lookup, recent_of(lookup, since=since))


def _pattern(lookup: RightsLookup, recent: Recent) -> Pattern | None:
    is_busy = recent.lookups_today > USUAL_AT_MOST
    return pattern_of(recent, habit_of(lookup.professional_id, lookup.at) if is_busy else ())
