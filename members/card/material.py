"""What cards are made from, read once for one household or for many: four queries, whatever their number."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import F

from members.card.contents import PRIOR_AGREEMENT, Beneficiary, CardContent, Cell, rate_level
from members.card.models import CardConvention
from members.card.rules import DAY, Period, Span, changes_of, period_around, span_of
from members.coverage.models import Cover, Guarantee, GuaranteeBasis
from members.households.models import Person, Role
from privacy.deaths import departed_persons


@dataclass(frozen=True)
class PlanFacts:
    id: int
    name: str
    responsible: bool


@dataclass(frozen=True)
class PolicyFacts:
    id: int
    number: str
    household_id: int
    member_number: str
    plan: PlanFacts


@dataclass(frozen=True)
class Line:
    """A column of the grid for a plan, or for all (`plan_id` None)."""

    plan_id: int | None
    domain: str
    domain_label: str
    position: int
    family: str | None
    conventions: tuple[tuple[int, str, str], ...]
    level: str


@dataclass(frozen=True)
class Rate:
    plan_id: int
    family: str
    start: datetime.date
    end: datetime.date | None
    basis: str
    rate: Decimal | None

    def holds_on(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Material:
    """Covers, names, conventions and rates. Only persons of the policy's own household are on its cards."""

    spans: tuple[Span, ...]
    policies: dict[int, PolicyFacts]
    persons: dict[int, tuple[int, Beneficiary]]
    holders: dict[int, str]
    holder_ids: frozenset[int]
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...]

    def persons_of(self, household_id: int) -> set[int]:
        """Everybody whom a policy of the household covers, covered or will cover."""
        return {span.person_id for span in self.spans if self.policies[span.policy_id].household_id == household_id}

    def spans_of(self, person_id: int) -> list[Span]:
        return [span for span in self.spans if span.person_id == person_id]

    def policies_of(self, household_id: int, person_ids: Iterable[int], day: datetime.date) -> list[int]:
        """The policies of the household that cover at least one of these persons on a day, as they were taken out."""
        wanted = set(person_ids)
        found = {span.policy_id for span in self.spans if span.person_id in wanted and span.holds_on(day)}
        return sorted(policy for policy in found if self.policies[policy].household_id == household_id)

    def card_of(self, policy_id: int, person_id: int | None, day: datetime.date) -> CardContent | None:
        """What the card of a policy says on a day, for one person or for all it covers; None when it covers nobody."""
        spans = [span for span in self.spans if span.policy_id == policy_id and person_id in (None, span.person_id)]
        covered = {span.person_id for span in spans if span.holds_on(day)}
        if not covered:
            return None
        policy = self.policies[policy_id]
        lines = list(self._lines_of(policy.plan.id))
        period = period_around(day, changes_of(spans) | self._changes_of(policy.plan.id, lines))
        ranked = sorted(self.persons[person] for person in covered)
        return self._content(policy, period, tuple(of for _, of in ranked), lines, day)

    def _content(
        self, policy: PolicyFacts, period: Period, persons: tuple[Beneficiary, ...], lines: list[Line],
        day: datetime.date,
    ) -> CardContent:  # fmt: skip
        cells, printed = [], {}
        for line in lines:
            level = line.level or self._level(policy.plan.id, line.family, day)
            if not level:
                continue
            cells.append(Cell(line.domain, tuple(code for _, code, _ in line.conventions), level))
            printed[line.domain] = line
        conventions = sorted({entry for line in printed.values() for entry in line.conventions})
        return CardContent(
            period=period,
            amc_number=settings.CARD_FACTS.amc_number,
            csr=settings.CARD_FACTS.csr,
            member_number=policy.member_number,
            conventions=tuple(code for _, code, _ in conventions),
            responsible=policy.plan.responsible,
            holder=self.holders.get(policy.household_id, ""),
            policy_number=policy.number,
            plan_name=policy.plan.name,
            beneficiaries=persons,
            cells=tuple(cells),
            legend=tuple((code, label) for _, code, label in conventions),
            domains=tuple((line.domain, line.domain_label) for line in printed.values()),
        )

    def _lines_of(self, plan_id: int) -> Iterator[Line]:
        """The plan's own line of each domain, or everybody's, in the order of print."""
        chosen: dict[str, Line] = {}
        for line in self.lines:
            if line.plan_id == plan_id or (line.plan_id is None and line.domain not in chosen):
                chosen[line.domain] = line
        yield from sorted(chosen.values(), key=lambda line: (line.position, line.domain))

    def _level(self, plan_id: int, family: str | None, day: datetime.date) -> str:
        """The rate of the guarantee on a day; what is paid otherwise than by a rate is agreed beforehand."""
        for rate in self.rates:
            if (rate.plan_id, rate.family) == (plan_id, family) and rate.holds_on(day):
                if rate.basis == GuaranteeBasis.FIXED or rate.rate is None:
                    return PRIOR_AGREEMENT
                return rate_level(int(rate.rate * 100))
        return ""

    def _changes_of(self, plan_id: int, lines: list[Line]) -> set[datetime.date]:
        families = {line.family for line in lines if not line.level}
        rates = [rate for rate in self.rates if rate.plan_id == plan_id and rate.family in families]
        days = {rate.start for rate in rates} | {rate.end + DAY for rate in rates if rate.end is not None}
        return {day for day in days if self._levels(rates, day - DAY) != self._levels(rates, day)}

    def _levels(self, rates: list[Rate], day: datetime.date) -> set[tuple[str, str, Decimal | None]]:
        return {(rate.family, rate.basis, rate.rate) for rate in rates if rate.holds_on(day)}


def material_of(household_ids: Iterable[int]) -> Material:
    """Read what the cards of these households are made from. Four queries."""
    households = list(household_ids)
    spans, policies, persons = _covers(households)
    holders = list(
        Person.objects.filter(household_id__in=households, role=Role.MEMBER)
        .order_by("-rank", "-id")
        .values_list("id", "household_id", "given_names", "family_name")
    )
    plans = {policy.plan.id for policy in policies.values()}
    lines = tuple(_lines(plans))
    return Material(
        spans=tuple(spans),
        policies=policies,
        persons=persons,
        holders={household: f"{given} {family.upper()}".strip() for _id, household, given, family in holders},
        holder_ids=frozenset(holder for holder, *_ in holders),
        lines=lines,
        rates=tuple(_rates(plans, {line.family for line in lines if line.family and not line.level})),
    )


def _covers(
    households: list[int],
) -> tuple[list[Span], dict[int, PolicyFacts], dict[int, tuple[int, Beneficiary]]]:
    """Covers of persons of the household itself: what a page of the household can read, and jobs read no more.

    Whoever is held for dead has no card; the cover itself is ended by the management.
    """
    rows = (
        Cover.objects.filter(household_id__in=households, person__household_id=F("household_id"))
        .exclude(person_id__in=departed_persons())
        .order_by("start_date", "id")
        .values(
            "person_id", "policy_id", "start_date", "end_date", "household_id", "policy__policy_number",
            "policy__start_date", "policy__end_date", "policy__plan_id", "policy__plan__name",
            "policy__plan__responsible", "policy__household__member_number", "person__rank", "person__family_name",
            "person__given_names", "person__birth_date", "person__birth_rank",
        )
    )  # fmt: skip
    spans: list[Span] = []
    policies: dict[int, PolicyFacts] = {}
    persons: dict[int, tuple[int, Beneficiary]] = {}
    for row in rows:
        span = span_of(
            person_id=row["person_id"], policy_id=row["policy_id"], cover=(row["start_date"], row["end_date"]),
            policy=(row["policy__start_date"], row["policy__end_date"]),
        )  # fmt: skip
        if span is None:
            continue
        spans.append(span)
        plan = PlanFacts(row["policy__plan_id"], row["policy__plan__name"], row["policy__plan__responsible"])
        policies[span.policy_id] = PolicyFacts(
            span.policy_id, row["policy__policy_number"], row["household_id"], row["policy__household__member_number"],
            plan,
        )  # fmt: skip
        persons[span.person_id] = (
            row["person__rank"],
            Beneficiary(
                span.person_id, row["person__family_name"], row["person__given_names"], row["person__birth_date"],
                row["person__birth_rank"],
            ),
        )  # fmt: skip
    return spans, policies, persons


def _lines(plans: set[int]) -> Iterator[Line]:
    rows = CardConvention.objects.filter(plan_id__in=plans) | CardConvention.objects.filter(plan=None)
    for row in rows.select_related("domain", "convention", "other_convention").order_by(
        F("plan_id").asc(nulls_first=True), "id"
    ):
        types = [row.convention, *([row.other_convention] if row.other_convention else [])]
        yield Line(
            row.plan_id, row.domain.code, row.domain.label, row.domain.position, row.domain.act_family_id,
            tuple((kind.position, kind.code, kind.label) for kind in types), row.level,
        )  # fmt: skip


def _rates(plans: set[int], families: set[str]) -> Iterator[Rate]:
    rows = Guarantee.objects.filter(plan_id__in=plans, act_family_id__in=families).order_by("valid_from", "id")
    for row in rows.values_list("plan_id", "act_family_id", "valid_from", "valid_to", "basis", "rate"):
        yield Rate(*row)
