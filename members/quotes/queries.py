"""Reads for simulations: the contract and the law on a day, what was used of them, and the person's own simulations."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum

from members.benefits.engine import GuaranteeLine, guarantee_year
from members.benefits.engine.scheme import FRANCHISE_FAMILIES
from members.benefits.explanation import as_line, law_on, taken_from_ceiling
from members.benefits.models import ActTariff, BenefitLine, TariffKind
from members.coverage.models import Cover, Guarantee
from members.households.models import Person
from members.households.rules import Viewpoint
from members.quotes.models import Simulation
from members.quotes.rules import Tariff, Terms

PAGE = 20
ZERO = Decimal(0)
CONTACT_LENSES = "LEN"


@dataclass(frozen=True)
class Contract:
    """What covers a person on a day: the cover with its policy and plan, and the plan's lines for some families."""

    cover: Cover
    rows: dict[str, Guarantee]

    @property
    def lines(self) -> dict[str, GuaranteeLine]:
        return {family: as_line(row) for family, row in self.rows.items()}

    @property
    def ends(self) -> list[datetime.date | None]:
        """The days on which what was read ends by itself."""
        return [self.cover.end_date, self.cover.policy.end_date, *(row.valid_to for row in self.rows.values())]


@dataclass(frozen=True)
class Page:
    """Some simulations, newest first; `older` is where the next page begins, None at the end."""

    simulations: list[Simulation]
    older: int | None


def contract_on(person_id: int, day: datetime.date, families: Collection[str]) -> Contract | None:
    """What covers the person that day, None without a cover. Two queries."""
    covers = Cover.objects.running_on(day).filter(person_id=person_id, policy__start_date__lte=day)
    cover = (
        covers.filter(Q(policy__end_date=None) | Q(policy__end_date__gte=day))
        .select_related("policy__plan")
        .order_by("-start_date", "-id")
        .first()
    )
    if cover is None:
        return None
    rows = (
        Guarantee.objects.filter(plan_id=cover.policy.plan_id, act_family_id__in=families)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
        .select_related("plan")
        .order_by("valid_from")
    )
    return Contract(cover, {row.act_family_id: row for row in rows})


def terms_on(person: Person, day: datetime.date, contract: Contract, codes: Collection[str]) -> Terms:
    """The figures of that day, and what the person used of them so far. Four queries."""
    used = _used(person, day, contract)
    return Terms(
        responsible=contract.cover.policy.plan.responsible,
        law=law_on(day),
        guarantees=contract.lines,
        tariffs=_tariffs(codes, day),
        used={family: used[f"family_{family}"] for family in contract.rows},
        participation=used["participation"],
        franchise=used["franchise"],
        last_equipment=last_equipment(person, day),
    )


def last_equipment(person: Person, day: datetime.date) -> datetime.date | None:
    """The day of the last glasses that the mutual paid for. One query."""
    glasses = BenefitLine.objects.filter(
        household_id=person.household_id, person=person, act_code__card_domain="OPTI", mutual_amount__gt=0,
        care_date__lt=day,
    ).exclude(act_code_id=CONTACT_LENSES)  # fmt: skip
    last: datetime.date | None = glasses.aggregate(last=Max("care_date"))["last"]
    return last


def visible(viewpoint: Viewpoint) -> QuerySet[Simulation]:
    """The simulations for those whose care the viewer reads."""
    return Simulation.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)


def page_of(viewpoint: Viewpoint, *, before: int | None) -> Page:
    """One keyset page, without the contents. One query."""
    rows = visible(viewpoint).defer("content")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def matched_lines(simulation: Simulation, start: datetime.date, end: datetime.date) -> list[BenefitLine]:
    """The lines of the same person and families whose care is in the window, the oldest first. One query."""
    return list(
        BenefitLine.objects.filter(
            household_id=simulation.household_id,
            person_id=simulation.person_id,
            care_date__range=(start, end),
            act_code__family_id__in=simulation.families,
        )
        .select_related("act_code")
        .order_by("care_date", "id")[:200]
    )


def _used(person: Person, day: datetime.date, contract: Contract) -> dict[str, Decimal]:
    """Of each ceiling in its own year of guarantee, and of the law's limits in the calendar year. One query."""
    new_year = datetime.date(day.year, 1, 1)
    starts = {family: guarantee_year(row.valid_from, day)[0] for family, row in contract.rows.items()}
    is_franchise = Q(act_code__family_id__in=FRANCHISE_FAMILIES)
    this_year = Q(care_date__gte=new_year)
    sums = {
        f"family_{family}": Sum(
            taken_from_ceiling(row.cap_unit),
            filter=Q(act_code__family_id=family, policy_id=contract.cover.policy_id, care_date__gte=starts[family]),
            default=ZERO,
        )
        for family, row in contract.rows.items()
    }
    found: dict[str, Decimal] = BenefitLine.objects.filter(
        household_id=person.household_id, person=person, care_date__range=(min([new_year, *starts.values()]), day)
    ).aggregate(
        participation=Sum("deduction", filter=this_year & ~is_franchise, default=ZERO),
        franchise=Sum("deduction", filter=this_year & is_franchise, default=ZERO),
        **sums,
    )
    return found


def _tariffs(codes: Collection[str], day: datetime.date) -> dict[str, Tariff]:
    rows = ActTariff.objects.filter(act_code_id__in=codes, valid_from__lte=day)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("valid_from")
    bases: dict[str, Decimal] = {}
    deductions: dict[str, Decimal] = {}
    for code, kind, amount in rows.values_list("act_code_id", "kind", "amount"):
        (bases if kind == TariffKind.BASE else deductions)[code] = amount
    return {code: Tariff(bases.get(code), deductions.get(code, ZERO)) for code in {*bases, *deductions}}
