"""The mutual's part, rule after rule, and the whole settlement. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal

from members.benefits.engine.terms import (
    ZERO,
    Basis,
    Basket,
    Care,
    Ceiling,
    GuaranteeLine,
    Law,
    Rule,
    SchemeTerms,
    Settlement,
    Step,
    Unit,
    Used,
    cents,
)
from portals.dates import months_after

FRAMES = frozenset({"M03", "M04"})
OPTICS = frozenset({"OPTI"})
"""Class B. Class A is in the basket without out-of-pocket, whose renewal the optician checks before care."""
HEARING = frozenset({"AUDI"})
DOCTORS = frozenset({"MED", "HOSP"})
DAILY_CHARGE = "FJ"
"""The hospital's daily charge: a responsible plan pays all of it, for as many days as it takes."""
NO_COPAYMENT_DUE = frozenset({"PH4", "PH2"})
"""Responsible plans owe the co-payment (ticket modérateur) on all care but drugs at 30 % and 15 %, homeopathy and spa
treatments (art. R. 871-2 of the social security code)."""


@dataclass
class _Part:
    """The mutual's part while the rules apply, and which of them did."""

    amount: Decimal = ZERO
    steps: list[Step] = field(default_factory=list)

    def set(self, rule: Rule, amount: Decimal) -> None:
        self.amount = max(ZERO, cents(amount))
        self.steps.append(Step(rule, self.amount))

    def at_most(self, rule: Rule, limit: Decimal) -> None:
        if self.amount > limit:
            self.set(rule, limit)


def settle(
    care: Care, scheme: SchemeTerms, guarantee: GuaranteeLine | None, used: Used, law: Law, *, responsible: bool = True
) -> Settlement:
    """Who pays what for one act. `guarantee` is None when the plan has no line for this family on that day.

    A responsible plan never pays what the law withholds: its part is counted on the scheme's part before deduction.
    """
    gross = min(scheme.gross, care.expense)
    deduction = min(scheme.deduction, gross)
    net = gross - deduction
    steps = [Step(Rule.SCHEME_SHARE, gross)]
    if scheme.rate < scheme.full_rate:
        steps.append(Step(Rule.UNCOORDINATED, scheme.full_gross - scheme.gross))
    if deduction:
        steps.append(Step(Rule.DEDUCTION, deduction))
    other = min(care.other, care.expense - net)
    if other:
        steps.append(Step(Rule.OTHER, other))
    left = max(ZERO, care.expense - other - (gross if responsible else net))
    part = _mutual(care, scheme, guarantee, used, law, responsible=responsible)
    part.at_most(Rule.WHAT_IS_LEFT, left)
    return Settlement(
        expense=care.expense,
        scheme=net,
        deduction=deduction,
        other=other,
        mutual=part.amount,
        own=care.expense - net - other - part.amount,
        steps=(*steps, *part.steps),
        ceiling=_ceiling(care, guarantee, used, part.amount),
    )


def _mutual(
    care: Care, scheme: SchemeTerms, guarantee: GuaranteeLine | None, used: Used, law: Law, *, responsible: bool
) -> _Part:
    """What the guarantee gives, then what limits it. The copayment that a responsible plan owes comes last."""
    part = _Part()
    if responsible and care.basket is Basket.ZERO:
        limit = law.price_limits.get(care.act_code)
        price = care.expense if limit is None else min(care.expense, limit * care.quantity)
        part.set(Rule.ZERO_BASKET, price - scheme.gross)
        return part
    if responsible and care.family == DAILY_CHARGE:
        part.set(Rule.DAILY_CHARGE, care.expense)
        return part
    if guarantee is None:
        part.set(Rule.NO_GUARANTEE, ZERO)
        return part
    _given(part, care, scheme, guarantee)
    if responsible:
        _limited_by_law(part, care, scheme, used, law)
    _limited_by_ceiling(part, care, guarantee, used)
    if responsible and guarantee.basis is Basis.BASE and care.act_code not in NO_COPAYMENT_DUE:
        copayment = max(ZERO, min(care.expense, scheme.base) - scheme.full_gross)
        if part.amount < copayment:
            part.set(Rule.COPAYMENT, copayment)
    return part


def _given(part: _Part, care: Care, scheme: SchemeTerms, guarantee: GuaranteeLine) -> None:
    """By the guarantee alone. The share is counted as within the pathway: what leaving it costs stays with the person."""
    rate = guarantee.rate or ZERO
    match guarantee.basis:
        case Basis.BASE:
            part.set(Rule.SHARE_OF_BASE, min(cents(scheme.base * rate), care.expense) - scheme.full_gross)
        case Basis.EXPENSE:
            part.set(Rule.SHARE_OF_EXPENSE, care.expense * rate - scheme.full_gross)
        case Basis.FIXED:
            amount = guarantee.amount if guarantee.amount is not None else care.expense
            part.set(Rule.FIXED_AMOUNT, amount * max(care.quantity, Decimal(1)))


def _limited_by_law(part: _Part, care: Care, scheme: SchemeTerms, used: Used, law: Law) -> None:
    """The most that a responsible plan may pay (art. R. 871-2): frames, hearing aids, overruns, renewal of glasses."""
    if care.act_code in FRAMES and law.frame_limit is not None:
        part.at_most(Rule.FRAME_LIMIT, max(ZERO, law.frame_limit - scheme.gross))
    if care.family in HEARING and law.hearing_limit is not None:
        part.at_most(Rule.HEARING_LIMIT, max(ZERO, law.hearing_limit * care.quantity - scheme.gross))
    if care.family in DOCTORS and care.optam is False and law.overrun_limit is not None:
        part.at_most(Rule.OVERRUN_LIMIT, max(ZERO, cents(scheme.base * law.overrun_limit) - scheme.full_gross))
    months = law.early_renewal_months if care.early_renewal else law.renewal_months
    if care.family not in OPTICS or used.last_equipment is None or months is None:
        return
    if care.day < months_after(used.last_equipment, int(months)):
        part.set(Rule.RENEWAL, ZERO)


def _limited_by_ceiling(part: _Part, care: Care, guarantee: GuaranteeLine, used: Used) -> None:
    """What is left of the year: euros, or acts, of which a part may still be paid."""
    if guarantee.annual_cap is None:
        return
    room = max(ZERO, guarantee.annual_cap - used.of_ceiling)
    if guarantee.cap_unit is Unit.EUROS:
        part.at_most(Rule.CEILING, room)
    elif room < care.quantity and part.amount:
        part.set(Rule.CEILING, part.amount * room / care.quantity)


def _ceiling(care: Care, guarantee: GuaranteeLine | None, used: Used, mutual: Decimal) -> Ceiling | None:
    """Before and after. The co-payment that is owed whatever the ceiling takes nothing from what is already empty."""
    if guarantee is None or guarantee.annual_cap is None:
        return None
    before = max(ZERO, guarantee.annual_cap - used.of_ceiling)
    takes = mutual if guarantee.cap_unit is Unit.EUROS else (care.quantity if mutual else ZERO)
    return Ceiling(guarantee.annual_cap, guarantee.cap_unit, before, max(ZERO, before - takes))
