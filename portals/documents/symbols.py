"""Draws square codes as SVG outlines, on the screen as in print: one path, no script, no image."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

QR_MARGIN = 4
"""Modules left white around a QR code, as its standard asks."""


@dataclass(frozen=True)
class Symbol:
    """A square code: its side in modules, margins included, and the `d` of its path, lines one module thick."""

    side: int
    path: str


def qr_symbol(text: str) -> Symbol:
    """A QR code with medium correction: 15 % of it may be worn away."""
    return outline([bytes(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix], QR_MARGIN)


def outline(matrix: Sequence[Sequence[int]], margin: int) -> Symbol:
    """The modules that are set, as horizontal strokes, `margin` modules away from the edges."""
    strokes = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and bool(row[x]) == bool(row[start]):
                x += 1
            if row[start]:
                strokes.append(f"M{start + margin} {y + margin}.5h{x - start}")
    return Symbol(len(matrix) + 2 * margin, "".join(strokes))
