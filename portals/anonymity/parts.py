"""Which parts of a whole may be told, and which are told together so that none describes fewer than ten persons. Pure.

Amounts of care are whole cents until they are rounded to ten euros, which is how they are kept and shown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

LEAST = 10
"""Persons. Nothing that is published, nor any difference of what is published, describes fewer."""
STEP = Decimal(10)
"""Euros: what amounts are rounded to."""

type Amounts = Mapping[int, int]
"""Whole numbers (cents, acts, answers) by person."""
type Parts = Mapping[str, Amounts]
"""What each line of a table is made of."""


def is_safe(amounts: Amounts) -> bool:
    """Ten persons at least, none of whom makes more than half of it."""
    return sum(1 for cents in amounts.values() if cents) >= LEAST and not is_dominated(amounts)


def is_dominated(amounts: Amounts) -> bool:
    """Whether one of them makes more than half of it."""
    sizes = [abs(cents) for cents in amounts.values()]
    return bool(sizes) and 2 * max(sizes) > sum(sizes)


def together(parts: Iterable[Amounts]) -> Amounts:
    """The amounts of several lines, by person."""
    summed: Counter[int] = Counter()
    for part in parts:
        summed.update(part)
    return summed


def settled(parts: Parts, rest: Collection[str]) -> set[str]:
    """The lines to tell together: those given, those that may not be shown, and as many as their sum needs beside them.

    The total less the lines that are shown is the sum of the others, so that sum has to be safe as well.
    """
    rest = set(rest) | {code for code, amounts in parts.items() if not is_safe(amounts)}
    while rest and (kept := parts.keys() - rest) and not is_safe(together(parts[code] for code in rest)):
        rest.add(smallest(parts, kept))
    return rest


def smallest(parts: Parts, codes: Iterable[str]) -> str:
    """The line of the fewest persons."""
    return min(codes, key=lambda code: (len(parts[code]), code))


def may_be_compared(before: Collection[int], now: Collection[int]) -> bool:
    """Whether two sets of persons differ by nobody, or by ten at least."""
    moved = len(set(before) ^ set(now))
    return moved == 0 or moved >= LEAST


def nearest(euros: Decimal) -> Decimal:
    """Euros, to the nearest ten."""
    return (euros / STEP).quantize(Decimal(1), rounding=ROUND_HALF_UP) * STEP


def rounded(cents: int) -> Decimal:
    """Euros, to the nearest ten."""
    return nearest(Decimal(cents) / 100)
