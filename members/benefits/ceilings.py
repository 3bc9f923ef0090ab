"""Ceilings of the year, used and left, for those whose care the viewer reads. Two queries, none when nothing runs out."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, Sum

from members.benefits.engine import Unit, guarantee_year
from members.benefits.explanation import left_words, taken_from_ceiling
from members.benefits.models import BenefitLine
from members.benefits.rulers import Ruler, ruler_of
from members.coverage.models import Cover
from members.households.rules import HouseholdPerson, Viewpoint
from portals.presentation.formats import euros, number

ZERO = Decimal(0)


class _Capped(NamedTuple):
    """A ceiling that runs for a person: the guarantee's line, as read."""

    person_id: int
    policy_id: int
    family: str
    label: str
    cap: Decimal
    unit: str
    valid_from: datetime.date


@dataclass(frozen=True)
class Gauge:
    """One ceiling of one person: paid, to be paid, left. Euros or acts, by `unit`."""

    person: HouseholdPerson
    label: str
    cap: Decimal
    unit: str
    used: Decimal
    planned: Decimal
    until: datetime.date

    @property
    def left(self) -> Decimal:
        return max(ZERO, self.cap - self.used - self.planned)

    @property
    def left_said(self) -> str:
        return f"{number(self.left, 0)} actes" if self.unit == Unit.ACTS else euros(self.left)

    @property
    def words(self) -> str:
        """`25,00 € utilisés, 12,50 € prévus, sur 100,00 €`."""
        if self.unit == Unit.ACTS:
            return f"{number(self.used + self.planned, 0)} actes sur {number(self.cap, 0)}"
        planned = f", {euros(self.planned)} prévus," if self.planned else ""
        return f"{euros(self.used)} utilisés{planned} sur {euros(self.cap)}"

    @property
    def said(self) -> str:
        """For whoever does not see the ruler."""
        return left_words(self.left, self.cap, self.unit)

    @property
    def ruler(self) -> Ruler:
        return ruler_of(self.cap, self.used, self.planned)


def gauges_of(viewpoint: Viewpoint) -> list[Gauge]:
    """The viewer's ceilings that run today, and of the others those that are begun."""
    capped = _capped(viewpoint)
    if not capped:
        return []
    consumed = _consumed(viewpoint, capped)
    gauges = []
    for one in capped:
        used, planned = consumed[(one.person_id, one.policy_id, one.family)]
        if one.person_id != viewpoint.viewer.id and not (used or planned):
            continue
        gauges.append(
            Gauge(
                person=viewpoint.by_id[one.person_id],
                label=one.label,
                cap=one.cap,
                unit=one.unit or Unit.EUROS,
                used=max(ZERO, used),
                planned=max(ZERO, planned),
                until=guarantee_year(one.valid_from, viewpoint.day)[1],
            )
        )
    return gauges


def _capped(viewpoint: Viewpoint) -> list[_Capped]:
    """One query. The viewer comes first, then the order of families."""
    day, guarantee = viewpoint.day, "policy__plan__guarantees"
    rows = (
        Cover.objects.running_on(day)
        .filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)
        .filter(
            Q(**{f"{guarantee}__valid_to": None}) | Q(**{f"{guarantee}__valid_to__gte": day}),
            **{f"{guarantee}__valid_from__lte": day, f"{guarantee}__annual_cap__gt": 0},
        )
        .order_by("person__rank", f"{guarantee}__act_family__position")
        .values_list(
            "person_id", "policy_id", f"{guarantee}__act_family_id", f"{guarantee}__act_family__label",
            f"{guarantee}__annual_cap", f"{guarantee}__cap_unit", f"{guarantee}__valid_from",
        )
    )  # fmt: skip
    capped = [_Capped(*row) for row in rows]
    return sorted(capped, key=lambda one: one.person_id != viewpoint.viewer.id)


def _consumed(viewpoint: Viewpoint, capped: list[_Capped]) -> dict[tuple[int, int, str], tuple[Decimal, Decimal]]:
    """Paid and planned by person, policy and family, each in its own year of guarantee. One query."""
    years = {one: guarantee_year(one.valid_from, viewpoint.day) for one in capped}
    first, last = min(start for start, _ in years.values()), max(end for _, end in years.values())
    is_paid = Q(payment_date__lte=viewpoint.day)
    rows = (
        BenefitLine.objects.filter(
            household_id=viewpoint.household_id,
            person_id__in=viewpoint.seen_ids,
            care_date__range=(first, last),
            act_code__family_id__in={one.family for one in capped},
        )
        .values("person_id", "policy_id", "care_date", family=F("act_code__family_id"))
        .annotate(
            paid=Sum("mutual_amount", filter=is_paid, default=ZERO),
            whole=Sum("mutual_amount", default=ZERO),
            acts_paid=Sum(taken_from_ceiling(Unit.ACTS), filter=is_paid, default=ZERO),
            acts=Sum(taken_from_ceiling(Unit.ACTS), default=ZERO),
        )
    )
    by_key = {(one.person_id, one.policy_id, one.family): one for one in capped}
    found: dict[tuple[int, int, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for row in rows:
        key = (row["person_id"], row["policy_id"], row["family"])
        one = by_key.get(key)
        if one is None or not years[one][0] <= row["care_date"] <= years[one][1]:
            continue
        acts = one.unit == Unit.ACTS
        paid, whole = (row["acts_paid"], row["acts"]) if acts else (row["paid"], row["whole"])
        used, planned = found[key]
        found[key] = (used + paid, planned + whole - paid)
    return found
