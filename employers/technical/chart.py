"""Horizontal bars on a scale in euros: the words of a bar stand above it, so that they fit a phone. Pure geometry.

Horizontal lengths are percentages, vertical ones pixels, so that bars stretch and words keep their size.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portals.presentation.formats import NARROW, number
from portals.presentation.scales import step_for
from portals.presentation.shares import length

ROW, TEXT, UNDER, HEAD = 40, 14, 6, 18
"""Pixels: one bar with its words, the foot of the words, what is between them, the words of the scale on top."""
SMALLEST_SCALE = Decimal(10)


def whole_euros(amount: Decimal | int | None) -> str:
    """`12 340 €`: amounts are whole tens. Nothing for an absent one, which is told in words."""
    return "" if amount is None else f"{number(amount)}{NARROW}€"


@dataclass(frozen=True)
class Bar:
    """`is_hatched`: several lines told together."""

    label: str
    width: str
    text_y: int
    bar_y: int
    is_hatched: bool


@dataclass(frozen=True)
class Graduation:
    """A vertical line and what it stands for; `anchor` keeps its words inside the drawing."""

    x: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    graduations: tuple[Graduation, ...]
    height: int


def chart_of(amounts: Iterable[tuple[str, Decimal, bool]]) -> Chart:
    """The drawing of some amounts, in their order: words, euros, whether hatched. A negative one has no bar."""
    drawn = list(amounts)
    highest = max((euros for _, euros, _ in drawn), default=SMALLEST_SCALE)
    step = step_for(max(highest, SMALLEST_SCALE))
    intervals = max(1, math.ceil(highest / step))
    top = step * intervals
    bars = tuple(
        Bar(label, width_of(euros, top), HEAD + rank * ROW + TEXT, HEAD + rank * ROW + TEXT + UNDER, is_hatched)
        for rank, (label, euros, is_hatched) in enumerate(drawn)
    )
    return Chart(bars, _graduations(step, intervals), HEAD + len(bars) * ROW)


def width_of(euros: Decimal, top: int) -> str:
    """The length of a bar when `top` is the whole width."""
    return length(float(max(euros, Decimal(0)) / top) * 100)


def _graduations(step: int, intervals: int) -> tuple[Graduation, ...]:
    """From nothing to the end of the scale; the words of the first one would only be `0 €`."""
    return tuple(
        Graduation(length(rank * 100 / intervals), whole_euros(rank * step) if rank else "0", _anchor(rank, intervals))
        for rank in range(intervals + 1)
    )


def _anchor(rank: int, intervals: int) -> str:
    return "start" if rank == 0 else "end" if rank == intervals else "middle"
