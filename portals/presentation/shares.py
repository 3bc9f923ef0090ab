"""Geometry of the share bar: who pays what part of an expense, as widths in percent.

Always the same order (scheme, mutual, other bodies, the person) and the same fills, in lists, pages and PDF.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

GAP = 0.4  # percent of the bar left empty after each part but the last
ZERO = Decimal(0)
FILLS = {"scheme": 'class="f-ro"', "mutual": 'class="f-mut"', "other": 'class="f-edge"'}


@dataclass(frozen=True)
class Part:
    """One payer's part of an expense: `name` is scheme, mutual, other or own."""

    name: str
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Segment:
    """A drawn part: `x` and `width` in percent of the bar, ready to be written as SVG lengths."""

    part: Part
    x: str
    width: str


def parts_of(
    scheme: Decimal, mutual: Decimal, own: Decimal, other: Decimal = ZERO, own_label: str = "Vous"
) -> tuple[Part, ...]:
    """The payers in their fixed order. Other bodies appear only when they pay something.

    `own_label`: the name of the person, when the page is read by whoever represents them.
    """
    others = (Part("other", "Autres organismes", other),) if other else ()
    return (
        Part("scheme", "Régime obligatoire", scheme),
        Part("mutual", "Mutuelle", mutual),
        *others,
        Part("own", own_label, own),
    )


def segments_of(parts: Iterable[Part]) -> tuple[Segment, ...]:
    """Where each non-zero part is drawn. A reversal (negative amounts) is drawn like what it cancels.

    Nothing to share gives no segment: the template then draws an empty track.
    """
    drawn = [part for part in parts if part.amount]
    whole = sum((abs(part.amount) for part in drawn), ZERO)
    segments = []
    x = 0.0
    for index, part in enumerate(drawn):
        share = float(abs(part.amount) / whole * 100)
        is_last = index == len(drawn) - 1
        width = share if is_last else max(share - GAP, share / 2)
        segments.append(Segment(part, length(x), length(width)))
        x += share
    return tuple(segments)


def fill_of(name: str) -> str:
    """The attribute that fills a payer's part on screen; what stays with the person, and nothing else, is hatched."""
    return FILLS.get(name, 'fill="url(#hatch)"')


def length(percentage: float) -> str:
    """A percentage as an SVG length, `46.66%`: two places, a point, never localised."""
    return f"{percentage:.2f}".rstrip("0").rstrip(".") + "%"
