"""The 72 hours as pages show them: what is left first, on a ruler of hours."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from portals.presentation.rulers import Tick, ticks
from portals.presentation.shares import length
from privacy.breaches.violations import rules
from privacy.breaches.violations.models import Breach, Filing
from privacy.desk.home import hours

LONG_EVERY = 12
HOUR = 3600


@dataclass(frozen=True)
class Clock:
    """`state`: running, late, stopped (the first file is deposited) or none (nothing is due). `gone` is an SVG length."""

    state: str
    words: str
    left: str
    gone_words: str
    gone: str
    due_at: datetime.datetime
    ticks: list[Tick]


def clock_of(breach: Breach, filings: Sequence[Filing], now: datetime.datetime) -> Clock:
    """Of a breach with its files, at an instant."""
    due_at = rules.due_at(breach.aware_at)
    filed_at = next((one.filed_at for one in filings if one.filed_at), None)
    gone = ((filed_at or now) - breach.aware_at).total_seconds()
    left = (due_at - (filed_at or now)).total_seconds()
    late = left < 0
    if filed_at is not None:
        state, words = "stopped", f"déposé en {hours(gone)}" + (", hors délai" if late else "")
    elif not rules.must_be_notified(breach.risk):
        state, words = "none", "pas de notification"
    else:
        state = "late" if late else "running"
        words = f"{hours(-left)} de retard" if late else f"{hours(left)} restantes"
    share = min(100.0, max(0.0, gone / (rules.HOURS * HOUR) * 100))
    return Clock(
        state, words, hours(abs(left)), hours(gone), length(share), due_at, ticks(rules.HOURS, long_every=LONG_EVERY)
    )
