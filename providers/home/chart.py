"""The average delay of each month against the promise, one column a month. Pure geometry: no database, no clock.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portals.presentation.formats import NARROW
from portals.presentation.shares import length

TOP, FLOOR = 14, 164  # pixels
LEFT, WIDTH = 0.3, 5.2  # percent
PITCH = 8.3
SMALLEST = 1.5
MOST_INTERVALS = 4
INITIALS = "JFMAMJJASOND"


@dataclass(frozen=True)
class Column:
    """A month: within the promise or over it."""

    x: str
    y: str
    height: str
    is_over: bool


@dataclass(frozen=True)
class Letter:
    x: str
    initial: str
    is_current: bool


@dataclass(frozen=True)
class Line:
    """A horizontal line and the number of days that it stands for, `4 j`."""

    y: str
    text_y: str
    written: str


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    columns: tuple[Column, ...]
    letters: tuple[Letter, ...]
    promise_y: str


def step_for(highest: float) -> int:
    """The distance between lines: 1, 2 or 5 times a power of ten; at most five lines hold the highest column."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * MOST_INTERVALS >= highest:
                return digit * power
        power *= 10


def chart_of(averages: Sequence[tuple[datetime.date, Decimal | None]], *, promise: int) -> Chart:
    """The drawing of twelve months, the last one in bold; a month without payments is left empty."""
    highest = max([float(average) for _, average in averages if average is not None] + [float(promise)])
    step = step_for(highest)
    intervals = max(1, math.ceil(highest / step))
    pixels_per_day = (FLOOR - TOP) / (step * intervals)
    return Chart(
        lines=tuple(_line(step * n, pixels_per_day) for n in range(intervals + 1)),
        width=length(WIDTH),
        columns=tuple(
            _column(rank, average, promise, pixels_per_day)
            for rank, (_, average) in enumerate(averages)
            if average is not None
        ),
        letters=tuple(
            Letter(length(_left(rank) + WIDTH / 2), INITIALS[month.month - 1], rank + 1 == len(averages))
            for rank, (month, _) in enumerate(averages)
        ),
        promise_y=_pixels(FLOOR - promise * pixels_per_day),
    )


def _column(rank: int, average: Decimal, promise: int, pixels_per_day: float) -> Column:
    height = max(float(average) * pixels_per_day, SMALLEST)
    return Column(length(_left(rank)), _pixels(FLOOR - height), _pixels(height), average > promise)


def _left(rank: int) -> float:
    return LEFT + 1.2 + rank * PITCH


def _line(days: int, pixels_per_day: float) -> Line:
    y = FLOOR - days * pixels_per_day
    return Line(y=_pixels(y), text_y=_pixels(y + 4), written=f"{days}{NARROW}j")


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
