"""Asking for somebody's rights, under the watch of the rules."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from members.rights.answering import Asker, RightsCard, answer
from members.rights.questions import Question, Typed
from portals.access.isolation import OutsideTransaction
from portals.accounts.models import Account
from portals.declarations import Purpose
from portals.secrets import blind_index
from privacy import register
from providers.rights.blocking import block
from providers.rights.history import Asking, Counter, Reference, counter_of, habit_of, keep
from providers.rights.quotas import QuotaReached
from providers.rights.rules import A_DAY, PARIS, USUAL_AT_MOST, pattern_of, reference_of, seconds_to_midnight

NUMBER_PLACE, DATE_PLACE = "providers_rightslookup.number_key", "providers_rightslookup.date_key"


class NoAgreement(Exception):
    """No agreement of the professional is in force today."""


class ServiceStopped(Exception):
    """The service is stopped for the practice."""


@dataclass(frozen=True)
class Answered:
    """What came of a question, the `rank`-th of the day, after those of `counter`.

    `reason` is there when it crossed a line: the service is stopped, and nothing shown.
    """

    kept: Reference
    rank: int
    counter: Counter
    cards: tuple[RightsCard, ...]
    reason: str = ""

    @property
    def references(self) -> tuple[Reference, ...]:
        """The last ones of the practice, this one included."""
        return (self.kept, *self.counter.last)


def look_up(*, by: Account, professional_id: int, question: Question, day: datetime.date) -> Answered:
    """Answer a question of a practice, in its row context (CGU-3.24); the practice's questions wait for one another.

    Runs in the request's transaction, which keeps together the answer, what is noted of it and what it stops; raises
    OutsideTransaction without one. Raises NoAgreement, ServiceStopped, and QuotaReached when the practice has had its
    answers of the day. What crosses a line of the rules is recorded, answered by nothing and told to nobody as a look;
    it stops the service for every account of the practice (PDP-7.6). Raises register.NotRunning while this sensitive
    processing is off (PDP-4.9).
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    register.demand(Purpose.RIGHTS_LOOKUP)
    now = timezone.now()
    asking = _asking(question)
    counter = _admitted(professional_id, now, asking)
    rank = counter.asked_today + 1
    kept = Reference(reference_of(now.astimezone(PARIS).date(), rank), now, day)
    habit = _habit(professional_id, now, counter)
    # Which line a hit would cross, and which a miss: both are known before anybody is looked for.
    if_found, if_missed = (pattern_of(counter.recent.after(is_found=found), habit) for found in (True, False))
    asker = Asker(by, counter.practice_name, counter.profession, counter.city)
    answered = answer(question, day=day, asked_by=asker, reference=kept.text, at=now, may_show=if_found is None)
    lookup_id = keep(
        professional_id=professional_id, account_id=by.pk, reference=kept, asking=asking, is_found=answered.is_found
    )
    pattern = if_found if answered.is_found else if_missed
    if pattern is None:
        return Answered(kept, rank, counter, answered.cards)
    reason = block(by=by, professional_id=professional_id, lookup_id=lookup_id, at=now, pattern=pattern)
    return Answered(kept, rank, counter, (), reason=reason)


def _asking(question: Question) -> Asking:
    if isinstance(question, Typed):
        return Asking(
            blind_index(NUMBER_PLACE, question.member_number), blind_index(DATE_PLACE, question.birth_date.isoformat())
        )
    return Asking(blind_index(NUMBER_PLACE, question.card_number), None)


def _admitted(professional_id: int, now: datetime.datetime, asking: Asking) -> Counter:
    counter = counter_of(professional_id, now, asking=asking)
    if counter is None:
        raise NoAgreement
    if counter.is_stopped:
        raise ServiceStopped
    if counter.asked_today >= A_DAY:
        raise QuotaReached(seconds_to_midnight(now), is_daily=True)
    return counter


def _habit(professional_id: int, now: datetime.datetime, counter: Counter) -> Sequence[int]:
    """What it usually asks, read on a busy day only: up to `USUAL_AT_MOST`, no volume is unusual."""
    return habit_of(professional_id, now) if counter.recent.lookups_today >= USUAL_AT_MOST else ()
