"""Drawing of « Pourquoi ce montant ? »: each step takes away from what is left, from the expense to the person. Pure.

Places and widths are percentages of the drawing, ready to be written as SVG lengths.
"""

from dataclasses import dataclass
from decimal import Decimal

from members.benefits.rules import ZERO, Explanation
from portals.presentation.shares import length

ROOM_FOR_WORDS = 45  # percent of the drawing that « base 60,00 € » takes on a narrow phone
ROOM_FOR_MORE_WORDS = 25  # and « au-delà 25,00 € » on a wider screen, the only one where it is written


@dataclass(frozen=True)
class Step:
    """One line: `amount` is taken away (given back when `gives_back`), `left` stays. Bar from `x`, `width` wide.

    `enters` and `leaves` are where the dotted lines come from above and go below.
    """

    kind: str
    amount: Decimal
    left: Decimal
    gives_back: bool
    x: str
    width: str
    enters: str
    leaves: str

    @property
    def signed(self) -> Decimal:
        """The amount with the sign of what it does to what is left."""
        return self.amount if self.gives_back else -self.amount


@dataclass(frozen=True)
class Falls:
    """The drawing of an explanation: the expense cut at its base, then the steps, then what stays."""

    base_width: str
    beyond_x: str
    beyond_width: str
    steps: tuple[Step, ...]
    own_width: str
    base_holds_words: bool
    beyond_holds_words: bool


def falls_of(why: Explanation) -> Falls:
    """The steps that have something to say: the scheme and the mutual always, deduction and others when they exist."""
    within = why.within_base
    return Falls(
        base_width=_place(within, why),
        beyond_x=_place(within, why),
        beyond_width=_place(why.expense - within, why),
        steps=_steps(why),
        own_width=_place(why.own, why),
        base_holds_words=_percent(within, why) >= ROOM_FOR_WORDS,
        beyond_holds_words=_percent(why.expense - within, why) >= ROOM_FOR_MORE_WORDS,
    )


def _steps(why: Explanation) -> tuple[Step, ...]:
    movements = [
        ("scheme", -why.computed),
        ("deduction", why.deduction),
        ("other", -why.other),
        ("mutual", -why.mutual),
    ]
    left = why.expense
    steps = []
    for kind, movement in movements:
        if not movement and kind in ("deduction", "other"):
            continue
        before, left = left, left + movement
        low, high = sorted((before, left))
        steps.append(
            Step(
                kind=kind,
                amount=abs(movement),
                left=left,
                gives_back=movement > 0,
                x=_place(low, why),
                width=length(_percent(high, why) - _percent(low, why)),
                enters=_place(before, why),
                leaves=_place(left, why),
            )
        )
    return tuple(steps)


def _percent(amount: Decimal, why: Explanation) -> float:
    if not why.expense:
        return 0.0
    return float(min(max(amount, ZERO), why.expense) / why.expense * 100)


def _place(amount: Decimal, why: Explanation) -> str:
    return length(_percent(amount, why))
