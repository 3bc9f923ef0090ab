"""The columns of the year, one a month, cut like the share bar. Pure geometry: no database, no clock.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from members.benefits.queries import Totals
from portals.presentation.formats import NARROW, number
from portals.presentation.shares import Part, length, parts_of

TOP, FLOOR = 14, 164  # pixels
LEFT, PITCH, WIDTH = 0.3, 8.3, 5.2  # percent; the style sheet keeps the room of the scale on the left
GAP = 1.2  # pixels left empty under each part
SMALLEST = 0.8
MOST_INTERVALS = 4
INITIALS = "JFMAMJJASOND"


@dataclass(frozen=True)
class Block:
    """A part of a column: `name` is scheme, mutual, other or own."""

    name: str
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class Letter:
    x: str
    initial: str
    is_current: bool


@dataclass(frozen=True)
class Line:
    """A horizontal line and the amount that it stands for, in whole euros, `1 200 €`."""

    y: str
    text_y: str
    written: str


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    blocks: tuple[Block, ...]
    letters: tuple[Letter, ...]


def step_for(highest: Decimal) -> int:
    """The distance between lines: 1, 2 or 5 times a power of ten; at most five lines hold the highest column."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * MOST_INTERVALS >= highest:
                return digit * power
        power *= 10


def chart_of(months: Sequence[Totals], *, current: int) -> Chart:
    """The drawing of twelve months; `current` (1 to 12) has its letter in bold. A negative part is not drawn."""
    highest = max((_height(month) for month in months), default=Decimal(0))
    step = step_for(highest)
    intervals = max(1, math.ceil(highest / step))
    pixels_per_euro = (FLOOR - TOP) / (step * intervals)
    blocks = [block for rank, month in enumerate(months) for block in _column(rank, month, pixels_per_euro)]
    return Chart(
        lines=tuple(_line(step * n, pixels_per_euro) for n in range(intervals + 1)),
        width=length(WIDTH),
        blocks=tuple(blocks),
        letters=tuple(
            Letter(length(_left(rank) + WIDTH / 2), initial, rank + 1 == current)
            for rank, initial in enumerate(INITIALS)
        ),
    )


def _height(month: Totals) -> Decimal:
    return sum((max(part.amount, Decimal(0)) for part in _parts(month)), Decimal(0))


def _parts(month: Totals) -> tuple[Part, ...]:
    return parts_of(month.scheme, month.mutual, month.own, month.other)


def _left(rank: int) -> float:
    return LEFT + 1.2 + rank * PITCH


def _line(amount: int, pixels_per_euro: float) -> Line:
    y = FLOOR - amount * pixels_per_euro
    return Line(y=_pixels(y), text_y=_pixels(y + 4), written=f"{number(amount, 0)}{NARROW}€")


def _column(rank: int, month: Totals, pixels_per_euro: float) -> list[Block]:
    blocks = []
    floor = float(FLOOR)
    for part in _parts(month):
        if part.amount <= 0:
            continue
        full = float(part.amount) * pixels_per_euro
        height = max(full - GAP, SMALLEST)
        blocks.append(Block(part.name, length(_left(rank)), _pixels(floor - GAP - height), _pixels(height)))
        floor -= max(full, SMALLEST)
    return blocks


def _pixels(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
