"""What a certificate is made from. Six queries for one person."""

import datetime

from django.db.models import Q

from members.card.rules import Span, span_of
from members.certificates.contents import BORN, Certificate, Level, Named, PolicyFacts, rights_certified
from members.coverage.models import Cover, Guarantee, PlanKind, Policy
from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint


def persons_certified(viewpoint: Viewpoint) -> tuple[HouseholdPerson, ...]:
    """Whose certificates the viewer may have: the member the family's, anybody else and a representative one person's.

    As for the card, a certificate tells who is covered, and nothing of anybody's care.
    """
    if viewpoint.is_holder and not viewpoint.is_represented:
        return (viewpoint.viewer, *(person for person in viewpoint.persons if person != viewpoint.viewer))
    return (viewpoint.viewer,)


def certificate_of(viewpoint: Viewpoint, person: HouseholdPerson, day: datetime.date) -> Certificate:
    """Raises NothingToCertify when this person was never covered by that day."""
    rights, span = rights_certified(_spans(viewpoint.household_id, person.id), day)
    policy = Policy.objects.select_related("plan", "household").get(pk=span.policy_id)
    family = {one.id: one for one in viewpoint.persons}
    viewer = Person.objects.get(pk=viewpoint.viewer.id)
    sex = Person.objects.values_list("sex", flat=True).get(pk=person.id)
    holder = next((one for one in family.values() if one.role == "member"), person)
    return Certificate(
        person=Named(person.full_name, BORN.get(sex, "né(e)"), person.birth_date),
        holder=holder.full_name,
        member_number=policy.household.member_number,
        address_lines=tuple(_envelope(viewer)),
        day=day,
        issued_on=viewpoint.day,
        rights=rights,
        policy=PolicyFacts(
            id=policy.pk,
            number=policy.policy_number,
            plan=policy.plan.name,
            is_group=policy.plan.kind == PlanKind.GROUP or bool(policy.group_contract),
            responsible=policy.plan.responsible,
        ),
        levels=_levels(policy.plan_id, day) if rights.is_open else (),
    )


def _spans(household_id: int, person_id: int) -> list[Span]:
    """Covers by policies of the household, within them."""
    covers = Cover.objects.filter(person_id=person_id, household_id=household_id).values_list(
        "policy_id", "start_date", "end_date", "policy__start_date", "policy__end_date"
    )
    spans = (
        span_of(person_id=person_id, policy_id=policy, cover=(start, end), policy=(policy_start, policy_end))
        for policy, start, end, policy_start, policy_end in covers.order_by("start_date", "pk")
    )
    return [span for span in spans if span is not None]


def _levels(plan_id: int, day: datetime.date) -> tuple[Level, ...]:
    """The guarantee table of the plan on the day, in the order of the families of acts."""
    lines = Guarantee.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), plan_id=plan_id, valid_from__lte=day)
    ordered = lines.order_by("act_family__position", "act_family_id", "pk")
    return tuple(Level(label, wording) for label, wording in ordered.values_list("act_family__label", "wording"))


def _envelope(person: Person) -> list[str]:
    lines = (
        f"{person.given_names} {person.family_name}", person.address_line1, person.address_line2,
        f"{person.postcode} {person.city}".strip(),
    )  # fmt: skip
    return [line for line in lines if line]
