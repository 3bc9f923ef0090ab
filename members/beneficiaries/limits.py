"""Limits of age: announced ninety days ahead, once; then the cover is given its end, unless the child is kept.

Only limits that lie ahead are announced: a child whom the portfolio covers beyond the age is covered on a ground that the
portal does not know, and stays so. A run that was missed is caught up for a month, and the cover then ends later.
"""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from members.beneficiaries.covering import close_cover, follow_household
from members.beneficiaries.emails import Limit, tell_limit
from members.beneficiaries.models import BeneficiaryRequest, KeptChild, LimitNotice
from members.beneficiaries.queries import all_rules
from members.beneficiaries.rules import ANNOUNCED_DAYS, Rule, limit_day, notice_last_day, rule_for
from members.beneficiaries.words import BEYOND_AGE, OPEN_STATES, Case, Kind
from members.coverage.models import Cover, Plan
from members.households.models import Role
from portals.presentation.formats import local_date
from privacy.audit import record
from privacy.deaths import departed_persons
from privacy.restriction.queries import frozen_persons

CATCH_UP = datetime.timedelta(days=30)
AHEAD = datetime.timedelta(days=ANNOUNCED_DAYS)


def announce(*, today: datetime.date) -> int:
    """Note and tell each limit of the next ninety days that was not told yet; returns how many.

    Needs the system's row context. One query for each plan and situation that has a limit.
    """
    rules = all_rules()
    told = 0
    for plan_id in Plan.objects.order_by("id").values_list("pk", flat=True):
        for case in (Case.CHILD, *BEYOND_AGE):
            rule = rule_for(rules, plan_id=plan_id, case=case, day=today)
            if rule is not None and rule.age_limit is not None:
                told += _announce(rule, plan_id, case, today)
    return told


def close(*, today: datetime.date) -> int:
    """Give their end to the covers whose last day has come; returns how many.

    A request to keep the child that waits for staff holds it back, and so does the restriction of its data. Needs the
    system's row context.
    """
    waiting = BeneficiaryRequest.objects.filter(kind=Kind.KEEP, state__in=OPEN_STATES, person_id=OuterRef("person_id"))
    due = (
        LimitNotice.objects.select_for_update(of=("self",))
        .filter(~Exists(waiting), closed_at=None, last_day__lte=today)
        .exclude(person_id__in=frozen_persons())
        .exclude(person_id__in=departed_persons())
    )
    rules, ended = all_rules(), 0
    for notice in due.select_related("person").order_by("id"):
        covers = Cover.objects.filter(person_id=notice.person_id, household_id=notice.household_id)
        for cover in covers.filter(end_date=None, start_date__lte=today).select_related("policy"):
            if _limit_of(cover, notice, rules, today) == notice.limit_day:
                close_cover(cover, last_day=max(notice.last_day, cover.start_date), by=None)
                ended += 1
                tell_limit(notice, Limit.REACHED)
                follow_household(notice.household_id, notice.person_id)
        notice.closed_at = timezone.now()
        notice.save(update_fields=["closed_at"])
    if ended:
        record("beneficiaries.limits_reached", by=None, details={"covers": ended})
    return ended


def follow_limits(planned_for: datetime.datetime) -> None:
    """The daily run."""
    today = local_date(planned_for)
    announce(today=today)
    close(today=today)


def _announce(rule: Rule, plan_id: int, case: str, today: datetime.date) -> int:
    told = 0
    for cover in _near_their_limit(rule, plan_id, case, today):
        limit = limit_day(cover.person.birth_date, rule)
        if limit is None or not today - CATCH_UP <= limit <= today + AHEAD or limit < cover.start_date:
            continue
        notice, is_new = LimitNotice.objects.get_or_create(
            person=cover.person,
            limit_day=limit,
            defaults={
                "household_id": cover.household_id,
                "last_day": notice_last_day(limit, announced_on=today),
            },
        )
        if is_new:
            told += 1
            tell_limit(notice, Limit.ANNOUNCED)
            record("beneficiaries.limit_announced", by=None, object_kind="person", object_id=cover.person_id)
    return told


def _near_their_limit(rule: Rule, plan_id: int, case: str, today: datetime.date) -> Iterator[Cover]:
    """The children of a plan, in this situation, whose birthday of the limit is within a year of today, not told yet."""
    ages = rule.age_limit or 0
    year = today.year - ages
    born = Q(
        person__birth_date__gte=datetime.date(year - 1, 1, 1), person__birth_date__lte=datetime.date(year + 1, 12, 31)
    )
    situation = KeptChild.objects.filter(person_id=OuterRef("person_id"))
    fits = ~Exists(situation) if case == Case.CHILD else Exists(situation.filter(case=case))
    told = LimitNotice.objects.filter(person_id=OuterRef("person_id"), limit_day__gte=today - CATCH_UP)
    running = Cover.objects.filter(end_date=None, start_date__lte=today, policy__end_date=None)
    covers = running.filter(born, fits, ~Exists(told), policy__plan_id=plan_id, person__role=Role.CHILD)
    return covers.select_related("person").order_by("id").iterator(chunk_size=1000)


def _limit_of(cover: Cover, notice: LimitNotice, rules: list[Rule], today: datetime.date) -> datetime.date | None:
    """The limit that the cover has today: another one when the child was kept, or the rule changed."""
    case = KeptChild.objects.filter(person_id=cover.person_id).values_list("case", flat=True).first()
    rule = rule_for(rules, plan_id=cover.policy.plan_id, case=case or Case.CHILD, day=today)
    return limit_day(notice.person.birth_date, rule) if rule else None
