"""What the member space holds of a person, and the contract on which the law's delays run."""

import datetime
from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now
from django.utils import timezone

from members.benefits.models import BenefitLine
from members.coverage.models import Cover
from members.households.models import Person, Role
from members.quotes.requests.models import State as RequestState
from portals.accounts.models import Space
from privacy.erasure.accounts import accounts_of_person
from privacy.erasure.registry import Answers, Key, Reach, Rows, Target, register, register_space
from privacy.erasure.rules import Relation

ERASED = "effacee-"
"""How the reference of an emptied person begins."""
UNDECIDED = "La demande attend sa réponse : son contenu s’efface une fois qu’elle est donnée."
NOBODY_BORN = datetime.date(1900, 1, 1)


def _person(target: Target) -> Q | None:
    return Q(person_id__in=target.persons) if target.person_id else None


def _household(target: Target) -> Q | None:
    """What is the household's goes with the last of its persons."""
    return Q(household_id__in=target.households) if target.household_id else None


def _person_or_household(target: Target) -> Q | None:
    mine, ours = _person(target), _household(target)
    return mine | ours if mine and ours else mine


def _through(relation: str) -> Rows:
    def rows(target: Target) -> Q | None:
        return Q(**{f"{relation}__person_id__in": target.persons}) if target.person_id else None

    return rows


def _lines_of(target: Target) -> QuerySet[BenefitLine, str]:
    return BenefitLine.objects.filter(person_id__in=target.subjects).values_list("benefit_ref", flat=True)


def _differences(target: Target) -> Q | None:
    if target.household_id:
        return Q(household_id__in=target.households)
    return Q(benefit_ref__in=_lines_of(target)) if target.person_id else None


def _persons(target: Target) -> Q | None:
    """The person; and with the last of a household, those whose empty rows others of it still pointed to."""
    if target.household_id:
        emptied = Q(household_id__in=target.households, person_ref__startswith=ERASED)
        return Q(id__in=target.persons) | emptied
    return Q(id__in=target.persons) if target.person_id else None


def _steps(target: Target) -> Q | None:
    mine, ours = Q(request__person_id__in=target.persons), _household(target)
    return (mine | ours if ours else mine) if target.person_id else None


def _represented(target: Target) -> Q | None:
    mine, own = _person(target), target.own()
    return mine | own if mine and own else mine


register(
    Reach("members.AmountDifference", rows=_differences, before=("members.BenefitLine",)),
    Reach("members.BenefitLine", rows=_person),
    Reach("members.Card", rows=_person_or_household),
    Reach("members.StatementDelivery", rows=_person),
    Reach(
        "members.Statement",
        rows=lambda target: Q(recipient_id__in=target.persons) if target.person_id else None,
        files=("file",),
    ),
    Reach("members.RightsLook", rows=_person),
    Reach(
        "members.CareRequest",
        rows=_person,
        keys=(Key("care-request:{reference}", ("content_sealed",)), Key("care-answer:{reference}", ("answer_sealed",))),
        sets={"forgotten_at": Now()},
        files=("documents",),
        files_follow="content_sealed",
        recent=lambda _today: Q(decided_at=None) & ~Q(state=RequestState.DRAFT),
        recent_reason=UNDECIDED,
    ),
    Reach("members.Simulation", rows=_person),
    Reach("members.NoemieLink", rows=_person),
    Reach("members.ContactChange", rows=_person, goes_whole=True),
    Reach("members.UnemploymentProof", rows=_through("portability"), files=("uploads",)),
    Reach("members.IndividualOffer", rows=_person),
    Reach("members.Portability", rows=_person),
    Reach("members.Termination", rows=_household),
    Reach("members.Instalment", rows=_household),
    Reach("members.ContributionTerm", rows=_household),
    Reach("members.LimitNotice", rows=_person),
    Reach("members.KeptChild", rows=_person),
    Reach("members.RequestStep", rows=_steps),
    Reach(
        "members.BeneficiaryRequest",
        rows=_person_or_household,
        keys=(Key("beneficiary:{reference}"),),
        files=("proofs",),
    ),
    Reach("members.CareChoice", rows=_person),
    Reach(
        "members.ParentalAuthority", rows=lambda target: Q(child_id__in=target.persons) if target.person_id else None
    ),
    Reach(
        "members.Representation",
        rows=_represented,
        keys=(Key("representation:{reference}", ("claim_sealed",)),),
        files=("proofs",),
    ),
    Reach("members.Cover", rows=_person),
    Reach(
        "members.Policy",
        rows=_household,
        blanks={"policy_number": Concat(Value(ERASED), Cast(F("id"), models.CharField()))},
    ),
    Reach(
        "members.Person",
        rows=_persons,
        blanks={
            "person_ref": Concat(Value(ERASED), Cast(F("id"), models.CharField())),
            "household": F("household"),
            "rank": 0,
            "role": Role.OTHER,
            "family_name": "Personne",
            "given_names": "effacée",
            "birth_date": NOBODY_BORN,
            "birth_rank": 1,
        },
        keys=(Key("person:{person_ref}", ("nir_sealed", "iban_sealed")),),
    ),
    Reach(
        "members.Household",
        rows=lambda target: Q(id__in=target.households) if target.household_id else None,
        blanks={"member_number": Concat(Value("E"), Cast(F("id"), models.CharField()))},
    ),
)


def find(person_id: int, household_id: int | None) -> Target:
    """A person of a household; one whose row is gone already keeps the numbers that the order says."""
    known = Person.objects.filter(pk=person_id).values_list("household_id", flat=True).first() or household_id
    others = Person.objects.filter(household=known).exclude(pk=person_id).exclude(person_ref__startswith=ERASED)
    return Target(
        space=Space.MEMBER,
        subject_id=person_id,
        tenant_id=known,
        accounts=accounts_of_person(person_id),
        is_alone=known is not None and not others.exists(),
    )


def relation_of(target: Target) -> Relation:
    """The covers of the person: one that runs today, or the last day of the last one."""
    today = timezone.localdate()
    covers = Cover.objects.filter(person_id=target.subject_id)
    if covers.filter(Q(end_date=None) | Q(end_date__gte=today)).exists():
        return Relation(is_running=True)
    return Relation(ended_on=covers.order_by("-end_date").values_list("end_date", flat=True).first())


def everybody() -> Iterator[tuple[int, int | None]]:
    yield from Person.objects.order_by("pk").values_list("pk", "household_id").iterator(chunk_size=10_000)


register_space(Space.MEMBER, Answers(find=find, relation=relation_of, everybody=everybody))
