"""Why a line has this amount: the guarantee that applies, its ceiling before and after, the law's deductions.

Three queries; a fourth when what was paid differs from what is expected.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Abs

from members.benefits.differences.models import AmountDifference
from members.benefits.engine import (
    Basis,
    Basket,
    Ceiling,
    GuaranteeLine,
    Law,
    Rule,
    Unit,
    Used,
    basket_of,
    guarantee_year,
)
from members.benefits.engine.scheme import FRANCHISE_FAMILIES
from members.benefits.models import BenefitLine, LawParameter
from members.benefits.recomputing import Verdict, recompute
from members.benefits.rulers import Ruler, ruler_of
from members.coverage.models import Guarantee
from portals.presentation.formats import euros, number

ZERO = Decimal(0)
BASKETS = {
    Basket.ZERO: "Sans reste à charge",
    Basket.MODERATE: "Reste à charge modéré",
    Basket.NONE: "Soin non concerné",
}
SAID_RULES = {
    Rule.UNCOORDINATED: "Ce soin a été pris hors du parcours de soins\u00a0: le régime paie moins, et un contrat "
    "responsable ne compense pas.",
    Rule.ZERO_BASKET: "Ce soin est du panier 100\u202f% Santé\u00a0: la mutuelle paie tout ce qui reste.",
    Rule.DAILY_CHARGE: "Le forfait journalier est payé en entier, sans limite de durée.",
    Rule.FRAME_LIMIT: "La loi limite ce qu’un contrat responsable paie pour une monture.",
    Rule.HEARING_LIMIT: "La loi limite ce qu’un contrat responsable paie pour une aide auditive.",
    Rule.CEILING: "Le plafond de l’année a limité ce montant.",
    Rule.COPAYMENT: "Un contrat responsable paie au moins le ticket modérateur, plafond atteint ou non.",
}


def law_on(day: datetime.date) -> Law:
    """The law's figures in force on a day. One query."""
    rows = LawParameter.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return Law.of(dict(rows.values_list("code", "value")))


def guarantee_for(line: BenefitLine) -> Guarantee | None:
    """The line of the plan's table in force on the day of care, with its plan. One query."""
    return (
        Guarantee.objects.filter(plan_id=line.policy.plan_id, act_family_id=line.act_code.family_id)
        .filter(Q(valid_to=None) | Q(valid_to__gte=line.care_date), valid_from__lte=line.care_date)
        .select_related("plan")
        .order_by("-valid_from")
        .first()
    )


def as_line(row: Guarantee) -> GuaranteeLine:
    """A row of the table, as the engine reads it."""
    return GuaranteeLine(
        basis=Basis(row.basis),
        rate=row.rate,
        amount=row.amount,
        annual_cap=row.annual_cap,
        cap_unit=Unit(row.cap_unit) if row.cap_unit else Unit.EUROS,
        responsible=row.plan.responsible,
    )


def taken_from_ceiling(unit: str) -> F | Case:
    """What a line takes from a ceiling: euros, or acts that were paid; a reversal gives back."""
    if unit != Unit.ACTS:
        return F("mutual_amount")
    return Case(
        When(mutual_amount__gt=0, then=F("quantity")),
        When(mutual_amount__lt=0, then=-Abs("quantity")),  # a feed may tell the quantity of a reversal negated too
        default=ZERO,
    )


def left_words(left: Decimal, cap: Decimal, unit: str) -> str:
    """`Il reste 75,00 € sur 100,00 €`, or acts."""
    if unit == Unit.ACTS:
        return f"Il reste {number(left, 0)} actes sur {number(cap, 0)}"
    return f"Il reste {euros(left)} sur {euros(cap)}"


@dataclass(frozen=True)
class Withheld:
    """Participations or franchises of the calendar year, this line's included, and the law's limit. Euros."""

    is_franchise: bool
    year: int
    amount: Decimal
    cap: Decimal | None


@dataclass(frozen=True)
class AppliedRule:
    """What the page of a line says of the guarantee used."""

    guarantee: Guarantee
    verdict: Verdict
    start: datetime.date
    end: datetime.date
    withheld: Withheld
    basket: str
    difference: AmountDifference | None

    @property
    def ceiling(self) -> Ceiling | None:
        return self.verdict.settlement.ceiling

    @property
    def counts_acts(self) -> bool:
        return self.ceiling is not None and self.ceiling.unit == Unit.ACTS

    @property
    def left_words(self) -> str:
        """What is left of the ceiling after this care, in a sentence."""
        ceiling = self.ceiling
        return left_words(ceiling.after, ceiling.cap, ceiling.unit) if ceiling else ""

    @property
    def said(self) -> list[str]:
        """The rules that limited or raised the amount, in words."""
        return [SAID_RULES[step.rule] for step in self.verdict.settlement.steps if step.rule in SAID_RULES]

    @property
    def ruler(self) -> Ruler | None:
        """Used before this care, then what it took (hatched), on the year's ceiling."""
        ceiling = self.ceiling
        return ruler_of(ceiling.cap, ceiling.cap - ceiling.before, ceiling.taken) if ceiling and ceiling.cap else None


def applied_rule(line: BenefitLine) -> AppliedRule | None:
    """The rule used for a line that is not a reversal; None when the plan's table has no line for it.

    `act_code` and `policy` must be loaded with the line.
    """
    row = guarantee_for(line)
    if row is None:
        return None
    act = line.act_code
    law = law_on(line.care_date)
    start, end = guarantee_year(row.valid_from, line.care_date)
    found = _consumed(line, row, start)
    verdict = recompute(line, as_line(row), Used(of_ceiling=max(ZERO, found["of_ceiling"])), law)
    is_franchise = act.family_id in FRANCHISE_FAMILIES
    return AppliedRule(
        guarantee=row,
        verdict=verdict,
        start=start,
        end=end,
        withheld=Withheld(
            is_franchise=is_franchise,
            year=line.care_date.year,
            amount=found["withheld"],
            cap=law.franchise_cap if is_franchise else law.participation_cap,
        ),
        basket=BASKETS[basket_of(act.code, act.family_id, zero_out_of_pocket=act.zero_out_of_pocket)],
        difference=AmountDifference.objects.filter(line_id=line.pk).first() if verdict.differs else None,
    )


def _consumed(line: BenefitLine, row: Guarantee, start: datetime.date) -> dict[str, Decimal]:
    """What the person had before this line in the guarantee's year, and what the law withheld up to it. One query."""
    new_year = datetime.date(line.care_date.year, 1, 1)
    earlier = Q(care_date__lt=line.care_date) | Q(care_date=line.care_date, id__lt=line.pk)
    counted = Q(policy_id=line.policy_id, act_code__family_id=row.act_family_id, care_date__gte=start) & earlier
    same_kind = Q(act_code__family_id__in=FRANCHISE_FAMILIES)
    if line.act_code.family_id not in FRANCHISE_FAMILIES:
        same_kind = ~same_kind
    up_to_this = same_kind & Q(care_date__gte=new_year) & (earlier | Q(pk=line.pk))
    lines: QuerySet[BenefitLine] = BenefitLine.objects.filter(
        household_id=line.household_id,
        person_id=line.person_id,
        care_date__range=(min(start, new_year), line.care_date),
    )
    return lines.aggregate(
        of_ceiling=Sum(taken_from_ceiling(row.cap_unit), filter=counted, default=ZERO),
        withheld=Sum("deduction", filter=up_to_this, default=ZERO),
    )
