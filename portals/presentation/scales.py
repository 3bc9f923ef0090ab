"""What the column charts of the spaces share: a vertical scale and the places of twelve months. Pure geometry.

Horizontal lengths are percentages, vertical ones pixels, so that the columns stretch and the text keeps its size.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

TOP, FLOOR = 14, 164  # pixels
LEFT, PITCH, MONTH_WIDTH = 1.5, 8.3, 5.2  # percent; the style sheet keeps the room of the scale on the left
MOST_INTERVALS = 4
INITIALS = "JFMAMJJASOND"


@dataclass(frozen=True)
class Line:
    """A horizontal line and what it stands for, `1 200 €`."""

    y: str
    text_y: str
    written: str


@dataclass(frozen=True)
class Letter:
    """What stands under a column; `is_current` is in bold."""

    x: str
    written: str
    is_current: bool = False


@dataclass(frozen=True)
class Scale:
    """`step` units from one line to the next, `intervals` of them from the floor to the top."""

    step: int
    intervals: int

    @property
    def unit(self) -> float:
        """Pixels for one."""
        return (FLOOR - TOP) / (self.step * self.intervals)

    def lines(self, written: Callable[[int], str]) -> tuple[Line, ...]:
        """From the floor up; `written` says a number of units."""
        values = [self.step * rank for rank in range(self.intervals + 1)]
        heights = [FLOOR - value * self.unit for value in values]
        return tuple(Line(pixels(y), pixels(y + 4), written(value)) for value, y in zip(values, heights, strict=True))


def scale_for(highest: Decimal) -> Scale:
    """The scale that holds the highest column: at most five lines."""
    step = step_for(highest)
    return Scale(step, max(1, math.ceil(highest / step)))


def step_for(highest: Decimal) -> int:
    """The distance between lines: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * MOST_INTERVALS >= highest:
                return digit * power
        power *= 10


def month_left(rank: int) -> float:
    """Where the column of a month begins, the first having rank 0."""
    return LEFT + rank * PITCH


def pixels(value: float) -> str:
    """`12.5`, `12`."""
    return f"{value:.1f}".removesuffix(".0")
