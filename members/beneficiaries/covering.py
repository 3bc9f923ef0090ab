"""What an accepted request writes in the portfolio, and what follows: cards, accesses, parents. In the system's context.

A person who is added bears the request's number as `person_ref`: no file of the mutual's makes such references by itself,
so its feeds recognise the person once its own system has taken the request over. docs/decisions/beneficiaries.md
"""

import datetime

from django.db.models import Max, Q
from django.utils import timezone

from members.beneficiaries.models import BeneficiaryRequest, KeptChild
from members.beneficiaries.rules import role_of
from members.beneficiaries.sealing import NIR, answers_of
from members.beneficiaries.words import BEYOND_AGE, CHILDREN, Kind
from members.card.renewing import refresh_later
from members.coverage.models import Cover, Policy
from members.households.feeds import NIR_PLACE
from members.households.models import Household, Person
from members.representation.grants import open_grants, recognise_parents
from portals import secrets as personal
from portals.access.expiry import recompute
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from portals.names import folded_name
from privacy.audit import record


class PolicyEnded(Exception):
    """The policy does not run on the first day of the cover."""


class AlreadyCovered(Exception):
    """The person is covered by this policy already."""


class NotCovered(Exception):
    """The person has no cover to end or to keep."""


class EndsTooEarly(Exception):
    """The cover began after the last day that is asked."""


def add(*, by: Account, request: BeneficiaryRequest, first_day: datetime.date) -> Person:
    """The person, known to the household or new, covered from that day. Raises PolicyEnded or AlreadyCovered."""
    policy = request.policy
    if not _runs(policy, first_day):
        raise PolicyEnded
    Household.objects.select_for_update().get(pk=request.household_id)  # one rank at a time
    answers = answers_of(request)
    person = known_person(request.household_id, answers) or _new_person(request, answers)
    if not _is_free(policy, person, first_day):
        raise AlreadyCovered
    cover = Cover.objects.create(
        policy=policy, person=person, household_id=policy.household_id, start_date=first_day, end_date=policy.end_date
    )
    if request.case in BEYOND_AGE:
        _prove(person, request.case, first_day)
    _record("cover.opened", by, cover, request)
    return person


def end(*, by: Account, request: BeneficiaryRequest, last_day: datetime.date) -> None:
    """End every cover that the household's policies give the person. Raises NotCovered or EndsTooEarly."""
    covers = Cover.objects.filter(person=request.person, household_id=request.household_id)
    found = list(covers.filter(Q(end_date=None) | Q(end_date__gt=last_day)).select_for_update(of=("self",)))
    if not found:
        raise NotCovered
    for cover in found:
        close_cover(cover, last_day=last_day, by=by, request=request)


def close_cover(
    cover: Cover, *, last_day: datetime.date, by: Account | None, request: BeneficiaryRequest | None = None
) -> None:
    """Write the last day of a cover. Raises EndsTooEarly."""
    if cover.start_date > last_day:
        raise EndsTooEarly
    cover.end_date = last_day
    cover.save(update_fields=["end_date"])
    _record("cover.ended", by, cover, request)


def keep(*, by: Account, request: BeneficiaryRequest, since: datetime.date) -> None:
    """A child goes on being covered beyond the age: what keeps them is proved, and a cover that had ended runs on.

    Raises NotCovered, PolicyEnded.
    """
    policy, person = request.policy, request.person
    if person is None:
        raise NotCovered
    last = (
        Cover.objects.select_for_update(of=("self",)).filter(policy=policy, person=person).order_by("start_date").last()
    )
    if last is None:
        raise NotCovered
    if not _runs(policy, since):
        raise PolicyEnded
    if last.end_date is not None and last.end_date != policy.end_date:
        last.end_date = policy.end_date
        last.save(update_fields=["end_date"])
        _record("cover.opened", by, last, request)
    _prove(person, request.case, since)


def follow(request: BeneficiaryRequest) -> None:
    """Cards, own accesses and parental grants are brought in line with the covers, now."""
    today = timezone.localdate()
    follow_household(request.household_id, request.person_id or 0)
    if request.kind == Kind.ADD and request.case in CHILDREN:
        for account_id in _accounts_of_holder(request.household_id):
            recognise_parents(today=today, now=timezone.now(), account_id=account_id)
            open_grants(today=today, account_id=account_id)


def follow_household(household_id: int, person_id: int) -> None:
    """Cards by a job, and the accesses that rest on the person's covers."""
    today = timezone.localdate()
    refresh_later(household_id=household_id)
    grants = Grant.objects.filter(space=Space.MEMBER, subject_id=person_id, revoked_at=None).select_related("account")
    for grant in grants:
        if grant.basis == Basis.COVER:
            recompute(today=today, account=grant.account)
        else:
            open_grants(today=today, account_id=grant.account_id)


def known_person(household_id: int, answers: dict[str, str]) -> Person | None:
    """The person of the household who answers to what was typed: somebody who was covered before comes back."""
    born = datetime.date.fromisoformat(answers["birth_date"])
    wanted = folded_name(answers["given_names"])
    names = {folded_name(answers["family_name"]), folded_name(answers["birth_name"])} - {""}
    for person in Person.objects.filter(household_id=household_id, birth_date=born).order_by("rank"):
        theirs = {folded_name(person.family_name), folded_name(person.birth_name)}
        if names & theirs and folded_name(person.given_names).split()[:1] == wanted.split()[:1]:
            return person
    return None


def _new_person(request: BeneficiaryRequest, answers: dict[str, str]) -> Person:
    holder = request.asked_for
    highest = Person.objects.filter(household_id=request.household_id).aggregate(rank=Max("rank"))["rank"]
    person = Person(
        person_ref=request.number,
        household_id=request.household_id,
        rank=(highest or 0) + 1,
        role=role_of(request.case),
        family_name=answers["family_name"],
        birth_name=answers["birth_name"],
        given_names=answers["given_names"],
        search_name=folded_name(answers["family_name"]),
        birth_date=datetime.date.fromisoformat(answers["birth_date"]),
        birth_rank=int(answers["birth_rank"]),
        sex=answers["sex"],
        scheme_code=holder.scheme_code,
        office_code=holder.office_code,
        alsace_moselle=holder.alsace_moselle,
    )
    if nir := answers.get(NIR):
        person.nir_sealed = personal.seal(f"person:{person.person_ref}", NIR_PLACE, nir)
        person.nir_index = personal.blind_index(NIR_PLACE, nir)
    person.save()
    return person


def _runs(policy: Policy, day: datetime.date) -> bool:
    return policy.start_date <= day and (policy.end_date is None or day <= policy.end_date)


def _is_free(policy: Policy, person: Person, first_day: datetime.date) -> bool:
    covers = Cover.objects.filter(policy=policy, person=person)
    return not covers.filter(Q(end_date=None) | Q(end_date__gte=first_day)).exists()


def _prove(person: Person, case: str, since: datetime.date) -> None:
    KeptChild.objects.update_or_create(
        person=person, defaults={"household_id": person.household_id, "case": case, "since": since}
    )


def _accounts_of_holder(household_id: int) -> list[int]:
    grants = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, tenant_id=household_id, revoked_at=None)
    return list(grants.order_by("id").values_list("account_id", flat=True))


def _record(action: str, by: Account | None, cover: Cover, request: BeneficiaryRequest | None) -> None:
    details = {"person": cover.person_id, "request": request.pk if request else 0}
    record(action, by=by, object_kind="cover", object_id=cover.pk, details=details)
