"""Reads about rights requests. An account sees what it asked for the one it acts for, and nothing of its other roles."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.presentation.formats import local_date
from portals.presentation.rulers import Tick
from portals.presentation.shares import length
from privacy.rights import data_classes
from privacy.rights.doubts import RightsPause
from privacy.rights.models import PENDING, Opinion, RightsDecision, RightsRequest, State, Whom
from privacy.rights.rules import Clock, Suspension, answered_in_time, median

YEAR = datetime.timedelta(days=365)
SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """Where a request stands on its clock."""

    clock: Clock
    today: datetime.date
    due_on: datetime.date
    is_over: bool

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def days_late(self) -> int:
        return -self.days_left

    @property
    def days(self) -> int:
        return self.clock.days(self.today)

    @property
    def days_gone(self) -> int:
        return self.clock.days_gone(self.today)

    @property
    def gone(self) -> str:
        """Of the ruler, as an SVG length."""
        return length(self.days_gone / self.days * 100)

    @property
    def ticks(self) -> list[Tick]:
        """Every third day, long at both ends and at each month or so."""
        return [Tick(length(day / self.days * 100), 22 if day in {0, self.days} else 18) for day in self._marks()]

    def _marks(self) -> list[int]:
        return [*range(0, self.days, 3), self.days]

    @property
    def pace(self) -> str:
        """The kind of state word: done, enough time, near, late."""
        if self.is_over or self.clock.is_suspended:
            return ""
        if self.days_left < 0:
            return "bad"
        return "warn" if self.days_left <= 10 else "good"


def visible(account: Account, grant: Grant | None) -> QuerySet[RightsRequest]:
    """What one asked for oneself and one's own; while acting for somebody else, what one asked for them."""
    rows = RightsRequest.objects.filter(account=account)
    if grant is not None and grant.represents:
        return rows.filter(whom=Whom.REPRESENTED, subject_id=grant.subject_id)
    return rows.exclude(whom=Whom.REPRESENTED)


def clock_of(request: RightsRequest, pauses: Sequence[RightsPause] | None = None) -> Clock:
    """The clock with what suspended it. One query unless the pauses are given."""
    known = request.pauses.all() if pauses is None else pauses
    suspensions = tuple(Suspension(one.began_on, one.ended_on) for one in known)
    return Clock(request.received_on, suspensions, is_extended=request.extended_at is not None)


def standing_of(request: RightsRequest, pauses: Sequence[RightsPause] | None = None) -> Standing:
    """Today. One query unless the pauses are given."""
    today = timezone.localdate()
    clock = clock_of(request, pauses)
    due_on = clock.due_on(today) if request.is_pending else request.due_on
    return Standing(clock, today, due_on, is_over=not request.is_pending)


@dataclass(frozen=True)
class Decided:
    """A decision with the name of its class."""

    label: str
    decision: RightsDecision


def decisions_of(request: RightsRequest) -> list[Decided]:
    """In the order of the declarations, as the form shows them."""
    names = data_classes.labels()
    order = list(names)
    rows = sorted(
        request.decisions.all(), key=lambda row: order.index(row.data_class) if row.data_class in names else 99
    )
    return [Decided(names.get(row.data_class, row.data_class), row) for row in rows]


@dataclass(frozen=True)
class Figures:
    """What the register of requests shows over twelve months (PDP-8.11). Shares are whole percentages, None without."""

    received: int
    pending: int
    late: int
    answered: int
    in_time: int
    median_days: int | None
    rated: int
    satisfied: int
    by_right: list[tuple[str, int]]


def figures(today: datetime.date) -> Figures:
    """Of the requests received in the last year, and of all those that still wait. Two queries."""
    since = today - YEAR
    rows = list(
        RightsRequest.objects.filter(received_on__gte=since).defer("claim_sealed", "words_sealed", "answer_sealed")
    )
    waiting = RightsRequest.objects.filter(state__in=PENDING)
    late = waiting.exclude(state=State.PAUSED).filter(due_on__lt=today).count()
    answered = [(row, local_date(row.answered_at)) for row in rows if row.answered_at is not None]
    rated = [row for row in rows if row.opinion]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.get_right_display()] = counts.get(row.get_right_display(), 0) + 1
    return Figures(
        received=len(rows),
        pending=waiting.count(),
        late=late,
        answered=len(answered),
        in_time=sum(answered_in_time(row.due_on, day) for row, day in answered),
        median_days=median([(day - row.received_on).days for row, day in answered]),
        rated=len(rated),
        satisfied=sum(row.opinion == Opinion.YES for row in rated),
        by_right=sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
    )
