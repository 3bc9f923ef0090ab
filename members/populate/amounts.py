"""Who pays what for one act, in cents. Pure arithmetic, the same as on a settlement.

Worked example: a 2018 consultation paid 27 €, base 25 €, rate 70 %: scheme 16.50 € after
the flat contribution of 1 €; contribution and deductible are never reimbursed by a responsible plan.
"""

from functools import lru_cache
from typing import NamedTuple


class Rule(NamedTuple):
    """What a guarantee pays, by its basis.

    `BR`: up to `percent` of the base; `EXPENSE`: of the expense, both compulsory scheme included; `FIXED`: up to
    `ceiling` cents beside the scheme.
    """

    basis: str
    percent: int
    ceiling: int


class Shares(NamedTuple):
    """Cents. `scheme` is net of `deduction`."""

    scheme: int
    deduction: int
    mutual: int


def percent_of(cents: int, percent: int) -> int:
    """A share in whole cents, half a cent rounded up."""
    return (cents * percent + 50) // 100


@lru_cache(maxsize=65_536)
def shares(expense: int, base: int, rate: int, deduction: int, rule: Rule) -> Shares:
    """Scheme, deduction and mutual for an expense, in cents. `rate` is the scheme's, in percents."""
    gross = percent_of(base, rate)
    withheld = min(deduction, gross)
    left = expense - gross
    if rule.basis == "BR":
        mutual = min(percent_of(base, rule.percent), expense) - gross
    elif rule.basis == "EXPENSE":
        mutual = percent_of(expense, rule.percent) - gross
    else:
        mutual = rule.ceiling
    return Shares(gross - withheld, withheld, max(0, min(mutual, left)))


@lru_cache(maxsize=16_384)
def euros(cents: int) -> str:
    """`-1234` → `-12.34`, as feeds write amounts."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"
