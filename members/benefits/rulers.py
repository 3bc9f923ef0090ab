"""The ruler of a ceiling: used, planned, left. Pure geometry, percentages ready to be written as SVG lengths."""

from dataclasses import dataclass
from decimal import Decimal

from portals.presentation.rulers import Tick, ticks
from portals.presentation.shares import length

TICKS = 10
LONG_EVERY = 5


@dataclass(frozen=True)
class Ruler:
    """Solid up to `used`, hatched for `planned` more."""

    used: str
    planned: str

    @property
    def ticks(self) -> list[Tick]:
        return ticks(TICKS, long_every=LONG_EVERY)


def ruler_of(cap: Decimal, used: Decimal, planned: Decimal) -> Ruler:
    """On a ceiling above zero. What goes beyond it is not drawn."""
    solid = min(max(used, Decimal(0)), cap)
    hatched = min(max(planned, Decimal(0)), cap - solid)
    return Ruler(used=length(float(solid / cap * 100)), planned=length(float(hatched / cap * 100)))
