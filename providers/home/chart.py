"""The average delay of each month against the promise, one column a month. Pure geometry: no database, no clock.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portals.presentation.formats import NARROW
from portals.presentation.scales import FLOOR, INITIALS, MONTH_WIDTH, Letter, Line, month_left, pixels, scale_for
from portals.presentation.shares import length

SMALLEST = 1.5


@dataclass(frozen=True)
class Column:
    """A month: within the promise or over it."""

    x: str
    y: str
    height: str
    is_over: bool


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    columns: tuple[Column, ...]
    letters: tuple[Letter, ...]
    promise_y: str


def chart_of(averages: Sequence[tuple[datetime.date, Decimal | None]], *, promise: int) -> Chart:
    """The drawing of twelve months, the last one in bold; a month without payments is left empty."""
    scale = scale_for(max([average for _, average in averages if average is not None] + [Decimal(promise)]))
    return Chart(
        lines=scale.lines(lambda days: f"{days}{NARROW}j"),
        width=length(MONTH_WIDTH),
        columns=tuple(
            _column(rank, average, promise, scale.unit)
            for rank, (_, average) in enumerate(averages)
            if average is not None
        ),
        letters=tuple(
            Letter(length(month_left(rank) + MONTH_WIDTH / 2), INITIALS[month.month - 1], rank + 1 == len(averages))
            for rank, (month, _) in enumerate(averages)
        ),
        promise_y=pixels(FLOOR - promise * scale.unit),
    )


def _column(rank: int, average: Decimal, promise: int, pixels_per_day: float) -> Column:
    height = max(float(average) * pixels_per_day, SMALLEST)
    return Column(length(month_left(rank)), pixels(FLOOR - height), pixels(height), average > promise)
