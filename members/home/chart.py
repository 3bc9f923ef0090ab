"""The columns of the year, one a month, cut like the share bar. Pure geometry: no database, no clock.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from members.benefits.queries import Totals
from portals.presentation.formats import NARROW, number
from portals.presentation.scales import FLOOR, INITIALS, MONTH_WIDTH, Letter, Line, month_left, pixels, scale_for
from portals.presentation.shares import Part, length, parts_of

GAP = 1.2  # pixels left empty under each part
SMALLEST = 0.8


@dataclass(frozen=True)
class Block:
    """A part of a column: `name` is scheme, mutual, other or own."""

    name: str
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    blocks: tuple[Block, ...]
    letters: tuple[Letter, ...]


def chart_of(months: Sequence[Totals], *, current: int) -> Chart:
    """The drawing of twelve months; `current` (1 to 12) has its letter in bold. A negative part is not drawn."""
    scale = scale_for(max((_height(month) for month in months), default=Decimal(0)))
    blocks = [block for rank, month in enumerate(months) for block in _column(rank, month, scale.unit)]
    return Chart(
        lines=scale.lines(lambda euros: f"{number(euros, 0)}{NARROW}€"),
        width=length(MONTH_WIDTH),
        blocks=tuple(blocks),
        letters=tuple(
            Letter(length(month_left(rank) + MONTH_WIDTH / 2), initial, rank + 1 == current)
            for rank, initial in enumerate(INITIALS)
        ),
    )


def _height(month: Totals) -> Decimal:
    return sum((max(part.amount, Decimal(0)) for part in _parts(month)), Decimal(0))


def _parts(month: Totals) -> tuple[Part, ...]:
    return parts_of(month.scheme, month.mutual, month.own, month.other)


def _column(rank: int, month: Totals, pixels_per_euro: float) -> list[Block]:
    blocks = []
    floor = float(FLOOR)
    for part in _parts(month):
        if part.amount <= 0:
            continue
        full = float(part.amount) * pixels_per_euro
        height = max(full - GAP, SMALLEST)
        blocks.append(Block(part.name, length(month_left(rank)), pixels(floor - GAP - height), pixels(height)))
        floor -= max(full, SMALLEST)
    return blocks
