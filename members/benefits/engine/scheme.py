"""The compulsory scheme's part: its rate, and what the law withholds (art. L. 160-13 of the social security code). Pure."""

from dataclasses import dataclass
from decimal import Decimal

from members.benefits.engine.terms import ZERO, Care, Law, SchemeTerms, Used

FRANCHISE_FAMILIES = frozenset({"PHAR", "AUXM", "TRAN"})
"""Medicines, acts of auxiliaries and transport bear a franchise (III of the article); other care a flat participation (II)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a décompte or a table tells of an act: its base for the whole line, the usual rate, the deduction of one unit."""

    base: Decimal
    rate: Decimal
    deduction_per_unit: Decimal = ZERO


def scheme_terms(care: Care, told: Told, used: Used, law: Law) -> SchemeTerms:
    """The terms of an act that no décompte has settled yet: local scheme, pathway, deductions and their limits."""
    full = told.rate
    if care.alsace_moselle:
        by_family = law.local_rates.get(care.family, ZERO)
        full = max(full, law.local_rates.get(care.act_code, by_family))
    rate = full if care.coordinated else max(ZERO, full - (law.uncoordinated_penalty or ZERO))
    base = min(told.base, care.expense)
    terms = SchemeTerms(base=base, rate=rate, full_rate=full)
    withheld = min(_withheld(care, told.deduction_per_unit, used, law), terms.gross)
    return SchemeTerms(base=base, rate=rate, full_rate=full, deduction=withheld)


def _withheld(care: Care, per_unit: Decimal, used: Used, law: Law) -> Decimal:
    """Nothing from minors; otherwise each unit's amount, within the day's limit and the year's."""
    if care.is_minor or not per_unit:
        return ZERO
    if care.family not in FRANCHISE_FAMILIES:
        return _within(
            per_unit, (law.participation_daily_cap, used.on_day), (law.participation_cap, used.participation)
        )
    daily = {"AUXM": law.franchise_daily_cap_care, "TRAN": law.franchise_daily_cap_transport}.get(care.family)
    return _within(per_unit * care.quantity, (daily, used.on_day), (law.franchise_cap, used.franchise))


def _within(amount: Decimal, *limits: tuple[Decimal | None, Decimal]) -> Decimal:
    """The amount, or less when a limit (with what was used of it) leaves less."""
    rooms = [max(ZERO, limit - already) for limit, already in limits if limit is not None]
    return min([amount, *rooms])
