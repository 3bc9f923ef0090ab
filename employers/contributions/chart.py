"""What was called for each period, paid or not, one column a period. Pure geometry: no database, no clock.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from employers.contributions.rules import ZERO, Sheet, period_words
from portals.presentation.formats import NARROW, number
from portals.presentation.scales import FLOOR, INITIALS, Letter, Line, pixels, scale_for
from portals.presentation.shares import length

ROOM, SHARE = 99.0, 0.62  # percent of the width, and the part of its place that a column takes
FEWEST = 6
"""Places of the drawing, so that one period is not one wall."""
SMALLEST = 1.5


@dataclass(frozen=True)
class Period:
    """One period, all contracts together."""

    start: datetime.date
    end: datetime.date
    total: Decimal
    unpaid: Decimal

    @property
    def words(self) -> str:
        return period_words(self.start, self.end)

    @property
    def paid(self) -> Decimal:
        return self.total - self.unpaid

    @property
    def letter(self) -> str:
        """The initial of a month; the first month of a longer period, `01-03`."""
        if (self.start.year, self.start.month) == (self.end.year, self.end.month):
            return INITIALS[self.start.month - 1]
        return f"{self.start.month:02d}-{self.end.month:02d}"


@dataclass(frozen=True)
class Block:
    """A part of a column; `is_unpaid` is drawn hatched."""

    x: str
    y: str
    height: str
    is_unpaid: bool


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    blocks: tuple[Block, ...]
    letters: tuple[Letter, ...]


def periods_of(sheets: Iterable[Sheet]) -> list[Period]:
    """The sums by period, oldest first."""
    sums: dict[tuple[datetime.date, datetime.date], tuple[Decimal, Decimal]] = {}
    for sheet in sheets:
        key = (sheet.slip.period_start, sheet.slip.period_end)
        total, unpaid = sums.get(key, (ZERO, ZERO))
        sums[key] = (total + sheet.total, unpaid + sheet.unpaid)
    return [Period(start, end, total, unpaid) for (start, end), (total, unpaid) in sorted(sums.items())]


def chart_of(periods: list[Period]) -> Chart:
    """The drawing of some periods, oldest first. A total in the company's favour has no column."""
    scale = scale_for(max((period.total for period in periods), default=ZERO))
    place = ROOM / max(len(periods), FEWEST)
    return Chart(
        lines=scale.lines(lambda euros: f"{number(euros)}{NARROW}€"),
        width=length(place * SHARE),
        blocks=tuple(
            block for rank, period in enumerate(periods) for block in _column(_left(rank, place), period, scale.unit)
        ),
        letters=tuple(
            Letter(length(_left(rank, place) + place * SHARE / 2), period.letter) for rank, period in enumerate(periods)
        ),
    )


def _left(rank: int, place: float) -> float:
    return rank * place + place * (1 - SHARE) / 2


def _column(left: float, period: Period, unit: float) -> list[Block]:
    """Paid below, unpaid above."""
    blocks, floor = [], float(FLOOR)
    for amount, is_unpaid in ((period.paid, False), (period.unpaid, True)):
        if amount <= 0:
            continue
        height = max(float(amount) * unit, SMALLEST)
        blocks.append(Block(length(left), pixels(floor - height), pixels(height), is_unpaid))
        floor -= height
    return blocks
