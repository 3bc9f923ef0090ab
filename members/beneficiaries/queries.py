"""Reads of the room: the rules, who is covered and until when, the requests of whoever looks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from members.beneficiaries.models import BeneficiaryRequest, BeneficiaryRule, KeptChild, LimitNotice
from members.beneficiaries.rules import Rule, limit_day, may_leave, rule_for
from members.beneficiaries.words import Case, State
from members.coverage.models import Cover, PlanKind, Policy
from members.home.waiting import RowSource, Waiting
from members.households.models import Role
from members.households.rules import HouseholdPerson, Viewpoint
from portals.accounts.models import Account


@dataclass(frozen=True)
class Standing:
    """A person and their cover: `cover` is the running or coming one, or the last. `limit`: the last day that age leaves."""

    person: HouseholdPerson
    cover: Cover | None
    limit: datetime.date | None
    notice: LimitNotice | None
    day: datetime.date
    may_remove: bool
    may_keep: bool

    @property
    def role_label(self) -> str:
        return Role(self.person.role).label

    @property
    def is_covered(self) -> bool:
        return self.cover is not None and (self.cover.end_date is None or self.cover.end_date >= self.day)

    @property
    def is_coming(self) -> bool:
        return self.cover is not None and self.cover.start_date > self.day

    @property
    def last_day(self) -> datetime.date | None:
        """The day the cover ends, as far as one knows: its own end, the one announced, or the limit."""
        if self.cover is not None and self.cover.end_date is not None:
            return self.cover.end_date
        return self.notice.last_day if self.notice else self.limit


def all_rules() -> list[Rule]:
    """Every line of the table, past and to come. One query."""
    rows = BeneficiaryRule.objects.order_by("id").values_list(
        "plan_id", "case", "is_open", "employee_may_ask", "age_limit", "until", "declare_within_days", "late",
        "wording", "documents", "valid_from", "valid_to",
    )  # fmt: skip
    return [Rule(*row[:9], _lines(row[9]), *row[10:]) for row in rows]


def _lines(documents: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in documents.splitlines() if line.strip())


def policies_of(viewpoint: Viewpoint) -> list[Policy]:
    """The household's policies that cover the viewer today, with their plans. One query."""
    covers = Cover.objects.filter(person_id=viewpoint.viewer.id).running_on(viewpoint.day)
    policies = Policy.objects.filter(
        Q(end_date=None) | Q(end_date__gte=viewpoint.day), household_id=viewpoint.household_id, covers__in=covers
    )
    return list(policies.select_related("plan").distinct().order_by("start_date", "id"))


def cases_for(policy: Policy, rules: Sequence[Rule], day: datetime.date) -> list[Rule]:
    """The rule of each case on this policy, in the order of the list."""
    found = (rule_for(rules, plan_id=policy.plan_id, case=case, day=day) for case in Case.values)
    return [rule for rule in found if rule is not None]


def is_group(policy: Policy) -> bool:
    return policy.plan.kind == PlanKind.GROUP


def may_add(viewpoint: Viewpoint) -> bool:
    """Whether the viewer may add somebody: the member, or whoever represents them."""
    return viewpoint.is_holder


def standings_of(viewpoint: Viewpoint, rules: Sequence[Rule]) -> list[Standing]:
    """The persons whom the viewer may manage, and their covers. Three queries, whatever their number.

    The member sees everybody; another person, and a representative, sees one person only.
    """
    everybody = viewpoint.is_holder and not viewpoint.is_represented
    persons = viewpoint.persons if everybody else (viewpoint.viewer,)
    ids = [person.id for person in persons]
    covers = Cover.objects.filter(person_id__in=ids, household_id=viewpoint.household_id)
    last: dict[int, Cover] = {}
    for cover in covers.select_related("policy__plan").order_by("start_date", "id"):
        if cover.start_date <= viewpoint.day or cover.person_id not in last:
            last[cover.person_id] = cover
    kept = dict(KeptChild.objects.filter(person_id__in=ids).values_list("person_id", "case"))
    notices = {
        notice.person_id: notice for notice in LimitNotice.objects.filter(person_id__in=ids).order_by("limit_day")
    }
    return [
        _standing(viewpoint, rules, Facts(person, last.get(person.id), kept.get(person.id), notices.get(person.id)))
        for person in persons
    ]


@dataclass(frozen=True)
class Facts:
    """What the tables say of a person: the cover, the situation that keeps a child, the limit that was announced."""

    person: HouseholdPerson
    cover: Cover | None
    kept_as: str | None
    notice: LimitNotice | None


def _standing(viewpoint: Viewpoint, rules: Sequence[Rule], facts: Facts) -> Standing:
    person, cover, notice, day = facts.person, facts.cover, facts.notice, viewpoint.day
    limit = _limit_of(facts, rules, day)
    is_own = person.id == viewpoint.viewer.id
    is_covered = cover is not None and (cover.end_date is None or cover.end_date >= day)
    by_holder = viewpoint.is_holder and not is_own
    may_keep = viewpoint.is_holder and person.role == Role.CHILD and cover is not None
    return Standing(
        person=person,
        cover=cover,
        limit=limit,
        notice=notice if notice and (limit is None or notice.limit_day == limit) else None,
        day=day,
        may_remove=is_covered and (by_holder or may_leave(role=person.role, birth_date=person.birth_date, day=day)),
        may_keep=may_keep and (limit is not None or notice is not None),
    )


def _limit_of(facts: Facts, rules: Sequence[Rule], day: datetime.date) -> datetime.date | None:
    """The limit ahead of a child; None for whoever has none, or is covered beyond it on a ground that we do not know."""
    if facts.person.role != Role.CHILD or facts.cover is None:
        return None
    case = facts.kept_as or Case.CHILD
    rule = rule_for(rules, plan_id=facts.cover.policy.plan_id, case=case, day=day)
    limit = limit_day(facts.person.birth_date, rule) if rule else None
    return limit if limit is not None and limit >= day else None


def requests_of(viewpoint: Viewpoint, account: Account) -> QuerySet[BeneficiaryRequest]:
    """What was asked in the viewer's name, drafts of this account only; newest first."""
    mine = Q(state=State.DRAFT, account=account) | ~Q(state=State.DRAFT)
    rows = BeneficiaryRequest.objects.filter(
        mine, household_id=viewpoint.household_id, asked_for_id=viewpoint.viewer.id
    )
    return rows.defer("answers_sealed").select_related("person").order_by("-id")


def _documents_waited_for(viewpoint: Viewpoint) -> QuerySet[BeneficiaryRequest]:
    return BeneficiaryRequest.objects.filter(
        household_id=viewpoint.household_id, asked_for_id=viewpoint.viewer.id, state=State.INCOMPLETE
    )


def _limits_near(viewpoint: Viewpoint) -> QuerySet[LimitNotice]:
    """For the member alone."""
    if not viewpoint.is_holder or viewpoint.is_represented:
        return LimitNotice.objects.none()
    return LimitNotice.objects.filter(household_id=viewpoint.household_id, closed_at=None, last_day__gte=viewpoint.day)


def _document_to_add(_viewpoint: Viewpoint, request_id: int, number: str, _day: datetime.date | None) -> Waiting:
    return Waiting(
        title="Ajouter un document à votre demande",
        url=reverse("members:beneficiaries_proofs", args=[request_id]),
        words=f"Demande {number}\u00a0: nous la reprenons dès qu’il arrive.",
    )


def _child_to_keep(viewpoint: Viewpoint, person_id: int, _text: str, last_day: datetime.date | None) -> Waiting:
    child = viewpoint.by_id.get(person_id)
    return Waiting(
        title=f"Garder la couverture\u00a0: {child.first_name if child else 'l’enfant'}",
        url=reverse("members:beneficiaries_keep", args=[person_id]),
        words="La limite d’âge de votre formule approche\u00a0: un document peut suffire.",
        due=last_day,
    )


DOCUMENTS_TO_ADD = RowSource(_documents_waited_for, _document_to_add, text=F("number"))
CHILDREN_TO_KEEP = RowSource(_limits_near, _child_to_keep, number="person_id", day=F("last_day"))
"""What waits on the home page: a document to add; for the member, a child near the limit of age."""
