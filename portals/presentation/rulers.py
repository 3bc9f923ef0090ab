"""The graduations of rulers: of a ceiling, of the last days of a space, of the time of an answer. Pure geometry."""

from dataclasses import dataclass

from portals.presentation.shares import length

LONG, SHORT = 22, 18  # pixels: where a tick ends


@dataclass(frozen=True)
class Tick:
    """`x` is an SVG length along the ruler, `bottom` in pixels."""

    x: str
    bottom: int = LONG


def ticks(parts: int, *, long_every: int) -> list[Tick]:
    """The ticks that cut a ruler into equal parts, both ends included."""
    return [Tick(length(n * 100 / parts), SHORT if n % long_every else LONG) for n in range(parts + 1)]
