"""The DPO's home (design: dpo-home): the clocks, what is due by days left, the state of the journal and of the rooms."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from portals.access.entry import account_of
from portals.gestion import homes
from portals.presentation.rulers import Tick, ticks
from portals.presentation.shares import length
from privacy.audit import record
from privacy.desk.registry import Clock, Due, Facts, sources

SOON = 7
"""Days under which something due is told in the sentence."""
SHOWN = 12
"""Lines of a table; the others are on their own pages."""
HOUR = 3600


@dataclass(frozen=True)
class ShownDue:
    """Something due with its days left; None while its delay is suspended."""

    due: Due
    left: int | None

    @property
    def words(self) -> str:
        if self.left is None:
            return "Pause"
        return f"{-self.left}\u00a0j de retard" if self.left < 0 else f"{self.left}\u00a0j"

    @property
    def tone(self) -> str:
        if self.left is None or self.left > SOON:
            return ""
        return "late" if self.left < 0 else "soon"


@dataclass(frozen=True)
class ShownClock:
    """A clock with its ruler: hours gone, hours left."""

    clock: Clock
    total: int
    gone: str
    gone_words: str
    left_words: str
    is_late: bool
    ticks: list[Tick]


@dataclass(frozen=True)
class Panel:
    """What one room has due, or what it says of itself."""

    heading: str
    rows: Sequence[ShownDue] = ()
    facts: Facts | None = None
    more: int = 0


def dpo_home(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """The page. The look is journalled, as every look of staff."""
    now = timezone.now()
    today = timezone.localdate()
    rooms = [(source, [shown_due(due, today) for due in source.dues(today)]) for source in sources()]
    every = [row for _source, rows in rooms for row in rows]
    clocks = sorted((clock for source in sources() for clock in source.clocks(now)), key=lambda clock: clock.due_at)
    record("desk.consulted", by=account_of(request))
    more = {
        "title": "Protection des données",
        "now": now,
        "clocks": [_clock(clock, now) for clock in clocks],
        "late": sum(row.left is not None and row.left < 0 for row in every),
        "soon": sum(row.left is not None and 0 <= row.left <= SOON for row in every),
        "soon_days": SOON,
        "tables": [table(source.heading, rows) for source, rows in rooms if rows],
        "panels": [
            Panel(source.heading, facts=facts) for source in sources() if (facts := source.facts(today)) is not None
        ],
    }
    return TemplateResponse(request, "admin/privacy/desk.html", {**context, **more})


def shown_due(due: Due, today: datetime.date) -> ShownDue:
    """Something due, with the days left from this one."""
    return ShownDue(due, (due.due_on - today).days if due.due_on else None)


def table(heading: str, rows: list[ShownDue]) -> Panel:
    """The most urgent first; what is suspended last."""
    ordered = sorted(rows, key=lambda row: (row.left is None, row.left or 0))
    return Panel(heading, rows=ordered[:SHOWN], more=max(0, len(ordered) - SHOWN))


def _clock(clock: Clock, now: datetime.datetime) -> ShownClock:
    total = max(1, round((clock.due_at - clock.begun_at).total_seconds() / HOUR))
    gone = (now - clock.begun_at).total_seconds()
    left = (clock.due_at - now).total_seconds()
    share = min(100.0, max(0.0, gone / (total * HOUR) * 100))
    return ShownClock(
        clock,
        total,
        length(share),
        hours(gone),
        hours(abs(left)),
        left < 0,
        ticks(total, long_every=max(1, total // 6)),
    )


def hours(seconds: float) -> str:
    """`31 h 28`, in whole minutes."""
    minutes = max(0, int(seconds // 60))
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


homes.register("privacy.change_advice", dpo_home)
