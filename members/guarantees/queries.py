"""Reads of a person's plan on a day, of its guarantee table, and of the figures that examples are worked with."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import F, FilteredRelation, Max, Q
from django.db.models.functions import Least

from members.benefits.models import ActCode, TariffKind
from members.coverage.models import Cover, Guarantee, Plan, Policy
from members.guarantees.examples import CODES, ActFacts
from members.households.rules import HouseholdPerson, Viewpoint, listed

ZERO = Decimal(0)


@dataclass(frozen=True)
class Held:
    """A policy that covers somebody whom the viewer sees, on a day.

    `alsace_moselle`: somebody of them is of the local scheme, whose rates are higher.
    """

    policy: Policy
    persons: tuple[HouseholdPerson, ...]
    alsace_moselle: bool

    @property
    def plan(self) -> Plan:
        return self.policy.plan

    @property
    def names(self) -> str:
        """`Alice, Inès et Noé`."""
        return listed([person.first_name for person in self.persons])


def held_on(viewpoint: Viewpoint, day: datetime.date) -> list[Held]:
    """The policies of a day, the viewer's own first. One query."""
    covers = (
        Cover.objects.running_on(day)
        .filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids, policy__start_date__lte=day)
        .filter(Q(policy__end_date=None) | Q(policy__end_date__gte=day))
        .select_related("policy__plan")
        .annotate(is_local=F("person__alsace_moselle"))
        .order_by("policy__start_date", "policy_id")
    )
    by_policy: dict[int, tuple[Policy, dict[int, bool]]] = {}
    for cover in covers:
        by_policy.setdefault(cover.policy_id, (cover.policy, {}))[1][cover.person_id] = cover.is_local
    found = [
        Held(policy, tuple(person for person in viewpoint.seen if person.id in persons), any(persons.values()))
        for policy, persons in by_policy.values()
    ]
    return sorted(found, key=lambda held: viewpoint.viewer not in held.persons)


def last_covered_day(viewpoint: Viewpoint) -> datetime.date | None:
    """The last day on which somebody whom the viewer sees was covered; None when nobody ever was. One query."""
    covers = Cover.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)
    ended = covers.filter(start_date__lte=viewpoint.day).aggregate(last=Max(Least("end_date", "policy__end_date")))
    last: datetime.date | None = ended["last"]
    return last


def lines_of(plan_id: int) -> list[Guarantee]:
    """Every line of a plan's table, of the past and to come: by family, then the newest first. One query."""
    rows = Guarantee.objects.filter(plan_id=plan_id).select_related("act_family", "plan")
    return list(rows.order_by("act_family__position", "act_family_id", "-valid_from"))


def table_on(lines: Iterable[Guarantee], day: datetime.date) -> list[Guarantee]:
    """Those in force on a day, one for each family."""
    latest: dict[str, Guarantee] = {}
    for line in lines:
        if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to):
            latest.setdefault(line.act_family_id, line)
    return list(latest.values())


def versions_of(lines: Iterable[Guarantee], policy: Policy, *, until: datetime.date) -> list[datetime.date]:
    """The days on which the table changed while the policy ran, newest first; that of its first day begins them."""
    last = until if policy.end_date is None else min(until, policy.end_date)
    changes = {max(line.valid_from, policy.start_date) for line in lines if line.valid_from <= last}
    return sorted(changes, reverse=True)


def facts_on(day: datetime.date) -> dict[str, ActFacts]:
    """What the tables say on a day of the acts of the examples. One query."""
    of_the_day = Q(tariffs__valid_from__lte=day) & (Q(tariffs__valid_to=None) | Q(tariffs__valid_to__gte=day))
    rows = (
        ActCode.objects.filter(code__in=CODES)
        .annotate(fixed=FilteredRelation("tariffs", condition=of_the_day))
        .values_list("code", "family_id", "scheme_rate", "zero_out_of_pocket", "fixed__kind", "fixed__amount")
    )
    found: dict[str, ActFacts] = {}
    for code, family, rate, zero, kind, amount in rows:
        known = found.setdefault(
            code, ActFacts(family=family, rate=rate, is_zero_basket=zero, base=None, deduction=ZERO)
        )
        if kind == TariffKind.BASE:
            found[code] = replace(known, base=amount)
        elif kind == TariffKind.DEDUCTION:
            found[code] = replace(known, deduction=amount)
    return found
