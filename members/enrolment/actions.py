"""Covering employees and ending their cover, as their employer tells it; and putting back what was undone.

`employers` calls these in the context of a company, which sees no household: each opens the system's context for the
time of its own writing, and gives back ids and dates only, never a name, a NIR or a bank account.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max, Q

from members.benefits.models import BenefitLine
from members.coverage.models import Cover, Plan, Policy
from members.enrolment.following import follow
from members.enrolment.people import NewInsured, new_number, persons_for, sealed_fields
from members.households.models import Household, Person, Role
from portals.access import isolation
from portals.accounts.models import Account
from portals.names import folded_name
from portals.secrets.keys import data_keys
from privacy.audit import record

UNDONE = "affiliation annulée"
END_REASON_LONGEST = 60

type Trace = dict[str, Any]
"""What `close` found, as JSON holds it: ids and days only."""


class UsedSince(Exception):
    """Care was refunded under the policy: what opened it can no longer be undone."""


class EndsTooEarly(Exception):
    """The policy began after the last day that is asked."""


class NotRunning(Exception):
    """The policy does not run on the day that is asked."""


@dataclass(frozen=True)
class Enrolled:
    """What was opened for one employee."""

    household_id: int
    person_id: int
    policy_id: int
    was_known: bool


@dataclass(frozen=True)
class NewDependant:
    """Somebody whom an employee covers beside themselves. NIR checked already; `role`: spouse, child or other."""

    role: str
    family_name: str
    given_names: str
    birth_date: datetime.date
    birth_name: str = ""
    sex: str = ""
    birth_rank: int = 1
    nir: str = field(default="", repr=False)


def enrol(
    *,
    by: Account,
    plan: Plan,
    contract_number: str,
    employees: Sequence[tuple[NewInsured, datetime.date]],
    among: Collection[int] = (),
) -> list[Enrolled]:
    """Open a policy of the group contract and a cover for each employee, from their day; known persons keep theirs.

    `among`: ids of the persons whom the company already employs or employed. A constant number of queries.
    """
    with isolation.system():
        persons = persons_for([one for one, _ in employees], among=among)
        policies = Policy.objects.bulk_create(
            Policy(
                policy_number=new_number(),
                household_id=person.household_id,
                plan=plan,
                start_date=first_day,
                group_contract=contract_number,
            )
            for (person, _), (_, first_day) in zip(persons, employees, strict=True)
        )
        Cover.objects.bulk_create(
            Cover(policy=policy, person=person, household_id=policy.household_id, start_date=policy.start_date)
            for (person, _), policy in zip(persons, policies, strict=True)
        )
        known = [person for person, was_known in persons if was_known]
        follow([person.household_id for person in known], [person.pk for person in known])
        record("cover.enrolled", by=by, object_kind="plan", object_id=plan.pk, details={"policies": len(policies)})
        return [
            Enrolled(policy.household_id, person.pk, policy.pk, was_known)
            for (person, was_known), policy in zip(persons, policies, strict=True)
        ]


def withdraw(*, by: Account, policy_ids: Collection[int]) -> None:
    """Undo `enrol`: nobody was ever covered by these policies. Raises UsedSince.

    Policies stay, ended on their first day, because cards and requests may name them; they cover nobody.
    """
    with isolation.system():
        policies = list(Policy.objects.select_for_update(of=("self",)).filter(pk__in=policy_ids))
        if _is_used(policies):
            raise UsedSince
        covers = Cover.objects.filter(policy_id__in=policy_ids)
        person_ids = list(covers.values_list("person_id", flat=True))
        covers.delete()
        first_day = F("start_date")
        Policy.objects.filter(pk__in=policy_ids).update(end_date=first_day, end_reason=UNDONE, ended_here_on=first_day)
        follow([policy.household_id for policy in policies], person_ids)
        record("cover.withdrawn", by=by, object_kind="policy", details={"policies": len(policies)})


def close(*, by: Account, policy_id: int, last_day: datetime.date, reason: str) -> Trace:
    """End a policy and its covers, dependants' included, on that day; gives what `reopen` needs to put them back.

    Covers that would begin later are not opened. Raises EndsTooEarly.
    """
    with isolation.system():
        policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy_id)
        if policy.start_date > last_day:
            raise EndsTooEarly
        covers = list(Cover.objects.filter(policy=policy).select_for_update(of=("self",)))
        trace = _trace(policy, covers)
        policy.end_date, policy.end_reason = last_day, reason[:END_REASON_LONGEST]
        policy.ended_here_on = last_day
        policy.save(update_fields=["end_date", "end_reason", "ended_here_on"])
        later = [cover.pk for cover in covers if cover.start_date > last_day]
        Cover.objects.filter(pk__in=later).delete()
        running = Q(end_date=None) | Q(end_date__gt=last_day)
        Cover.objects.filter(running, policy=policy).update(end_date=last_day)
        follow([policy.household_id], [cover.person_id for cover in covers])
        record("cover.closed", by=by, object_kind="policy", object_id=policy.pk, details={"covers": len(covers)})
        return trace


def reopen(*, by: Account, trace: Trace) -> None:
    """Put a policy and its covers back as `close` found them."""
    with isolation.system():
        policy = Policy.objects.select_for_update(of=("self",)).get(pk=trace["policy"])
        policy.end_date, policy.ended_here_on = _day(trace["end"]), _day(trace["ended_here"])
        policy.end_reason = str(trace["reason"])
        policy.save(update_fields=["end_date", "end_reason", "ended_here_on"])
        persons = []
        for person_id, start, end in trace["covers"]:
            Cover.objects.update_or_create(
                policy=policy, person_id=person_id, start_date=datetime.date.fromisoformat(start),
                defaults={"end_date": _day(end), "household_id": policy.household_id},
            )  # fmt: skip
            persons.append(person_id)
        follow([policy.household_id], persons)
        record("cover.reopened", by=by, object_kind="policy", object_id=policy.pk, details={"covers": len(persons)})


def continue_cover(*, by: Account | None, policy_id: int, last_day: datetime.date) -> int:
    """Whoever the policy covered on its last day goes on being covered from the day after, until `last_day`.

    For the months of portability; returns how many persons. Raises NotRunning for a policy without an end.
    """
    with isolation.system():
        policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy_id)
        if policy.end_date is None or last_day <= policy.end_date:
            raise NotRunning
        first_day = policy.end_date + datetime.timedelta(days=1)
        covers = list(Cover.objects.filter(policy=policy, end_date=policy.end_date))
        policy.end_date = policy.ended_here_on = last_day
        policy.save(update_fields=["end_date", "ended_here_on"])
        Cover.objects.bulk_create(
            Cover(
                policy=policy, person_id=cover.person_id, household_id=cover.household_id, start_date=first_day,
                end_date=last_day,
            )
            for cover in covers
        )  # fmt: skip
        follow([policy.household_id], [cover.person_id for cover in covers])
        record("cover.continued", by=by, object_kind="policy", object_id=policy.pk, details={"covers": len(covers)})
        return len(covers)


def add_dependant(*, by: Account, policy_id: int, dependant: NewDependant, first_day: datetime.date) -> int:
    """Cover somebody beside the employee; gives the id of the person. Raises NotRunning.

    The caller holds proof that the employee asked for it: an employer never types a dependant.
    """
    with isolation.system():
        policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy_id)
        if first_day < policy.start_date or (policy.end_date is not None and first_day > policy.end_date):
            raise NotRunning
        Household.objects.select_for_update().get(pk=policy.household_id)  # one rank at a time
        person = _known_dependant(policy.household_id, dependant) or _new_dependant(policy.household_id, dependant)
        covers = Cover.objects.filter(policy=policy, person=person)
        if not covers.filter(Q(end_date=None) | Q(end_date__gte=first_day)).exists():
            Cover.objects.create(
                policy=policy, person=person, household_id=policy.household_id, start_date=first_day,
                end_date=policy.end_date,
            )  # fmt: skip
        follow([policy.household_id], [person.pk])
        record("cover.opened", by=by, object_kind="policy", object_id=policy.pk, details={"person": person.pk})
        return person.pk


def _is_used(policies: Sequence[Policy]) -> bool:
    """Lines are found by household and month of care."""
    if not policies:
        return False
    lines = BenefitLine.objects.filter(
        household_id__in=[policy.household_id for policy in policies],
        care_date__gte=min(policy.start_date for policy in policies),
    )
    return lines.filter(policy_id__in=[policy.pk for policy in policies]).exists()


def _known_dependant(household_id: int, dependant: NewDependant) -> Person | None:
    wanted = (folded_name(dependant.family_name), folded_name(dependant.given_names).split()[:1])
    for person in Person.objects.filter(household_id=household_id, birth_date=dependant.birth_date).order_by("rank"):
        if (folded_name(person.family_name), folded_name(person.given_names).split()[:1]) == wanted:
            return person
    return None


def _new_dependant(household_id: int, dependant: NewDependant) -> Person:
    persons = Person.objects.filter(household_id=household_id)
    highest = persons.aggregate(rank=Max("rank"))["rank"]
    holder = persons.filter(role=Role.MEMBER).order_by("rank").first()
    person = Person(
        person_ref=new_number(),
        household_id=household_id,
        rank=(highest or 0) + 1,
        role=dependant.role,
        family_name=dependant.family_name,
        birth_name=dependant.birth_name,
        given_names=dependant.given_names,
        search_name=folded_name(dependant.family_name),
        birth_date=dependant.birth_date,
        birth_rank=dependant.birth_rank,
        sex=dependant.sex,
        scheme_code=holder.scheme_code if holder else "",
        office_code=holder.office_code if holder else "",
        alsace_moselle=holder.alsace_moselle if holder else False,
    )
    if dependant.nir:
        subject = f"person:{person.person_ref}"
        sealed_fields(person, data_keys([subject])[subject], nir=dependant.nir)
    person.save()
    return person


def _trace(policy: Policy, covers: Sequence[Cover]) -> Trace:
    """Ids and dates, as JSON holds them."""
    return {
        "policy": policy.pk,
        "end": _text(policy.end_date),
        "reason": policy.end_reason,
        "ended_here": _text(policy.ended_here_on),
        "covers": [[cover.person_id, _text(cover.start_date), _text(cover.end_date)] for cover in covers],
    }


def _text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
