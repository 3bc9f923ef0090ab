"""A settled line through the engine: what the scheme's terms and the guarantee give, against what was paid. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from members.benefits.engine import Care, GuaranteeLine, Law, SchemeTerms, Settlement, Used, basket_of, settle
from members.benefits.models import ActCode, BenefitLine

TOLERANCE = Decimal("0.01")
"""Caisses and mutuals do not all round at the same step: one cent says nothing."""


class Rated(Protocol):
    """What an act code says of its usual rate (`ActCode`)."""

    code: str
    family_id: str
    scheme_rate: Decimal | None
    zero_out_of_pocket: bool


@dataclass(frozen=True)
class Verdict:
    """A line told anew. `scheme` and `mutual` are what was paid, in euros."""

    settlement: Settlement
    scheme: Decimal
    mutual: Decimal

    @property
    def scheme_differs(self) -> bool:
        return abs(self.settlement.scheme - self.scheme) > TOLERANCE

    @property
    def mutual_differs(self) -> bool:
        return abs(self.settlement.mutual - self.mutual) > TOLERANCE

    @property
    def differs(self) -> bool:
        return self.scheme_differs or self.mutual_differs


def recompute(line: BenefitLine, guarantee: GuaranteeLine, used: Used, law: Law) -> Verdict:
    """The base, the rate and the deduction are those that the caisse told: exemptions are in them.

    Glasses bought early are not held against the person here: no décompte tells that sight has changed.
    """
    act = line.act_code
    care = Care(
        act_code=act.code,
        family=act.family_id,
        day=line.care_date,
        expense=line.expense,
        quantity=max(line.quantity, Decimal(1)),
        basket=basket_of(act.code, act.family_id, zero_out_of_pocket=act.zero_out_of_pocket),
        other=line.other_amount,
    )
    terms = SchemeTerms(
        base=min(line.base, line.expense),
        rate=line.scheme_rate,
        full_rate=full_rate(act, line.scheme_rate, law.uncoordinated_penalty, law.local_rates),
        deduction=line.deduction,
    )
    settlement = settle(care, terms, guarantee, used, law, responsible=guarantee.responsible)
    return Verdict(settlement, line.scheme_amount, line.mutual_amount)


def full_rate(
    act: Rated | ActCode, told: Decimal, penalty: Decimal | None, local_rates: Mapping[str, Decimal]
) -> Decimal:
    """The rate within the pathway, when the told one is exactly a usual rate less the penalty; the told one otherwise."""
    if not penalty or act.scheme_rate is None:
        return told
    local = local_rates.get(act.code, local_rates.get(act.family_id))
    usual = [rate for rate in (act.scheme_rate, local) if rate is not None]
    return next((rate for rate in usual if rate - penalty == told), told)
