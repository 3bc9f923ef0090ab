"""The policies of a household and where each stands."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from members.coverage.models import Cover, PlanKind, Policy
from members.households.rules import Viewpoint
from members.termination.models import State, Termination
from members.termination.rules import PolicyFacts, Standing, standing_of


def standings_of(viewpoint: Viewpoint) -> list[Standing]:
    """Each policy of the household that is not long over, the latest first. One query."""
    policies = _policies(viewpoint.household_id)
    shown = [policy for policy in policies if policy.end is None or policy.end >= viewpoint.day]
    return [
        standing_of(
            policy,
            policies,
            today=viewpoint.day,
            is_holder=viewpoint.is_holder,
            is_represented=viewpoint.is_represented,
        )
        for policy in shown
    ]


def standing_of_policy(viewpoint: Viewpoint, policy_id: int) -> Standing | None:
    """One of them; None for a policy that is not of the household, or long over."""
    return next((one for one in standings_of(viewpoint) if one.policy.id == policy_id), None)


def terminations_of(viewpoint: Viewpoint) -> QuerySet[Termination]:
    """Every request about the household's policies, the latest first. The holder's business, and nobody else's."""
    if not viewpoint.is_holder or viewpoint.is_represented:
        return Termination.objects.none()
    return (
        Termination.objects.filter(household_id=viewpoint.household_id)
        .select_related("policy__plan")
        .order_by("-received_at", "-pk")
    )


def covered_by(policy_id: int, day: datetime.date) -> list[tuple[str, str]]:
    """Whom the policy covers on a day: given names and family name."""
    covers = Cover.objects.running_on(day).filter(policy_id=policy_id).order_by("person__rank", "person_id")
    return list(covers.values_list("person__given_names", "person__family_name"))


def _policies(household_id: int) -> list[PolicyFacts]:
    asked = Termination.objects.filter(policy_id=OuterRef("pk"), state=State.ASKED)
    policies = Policy.objects.filter(household_id=household_id).annotate(is_asked=Exists(asked))
    return [
        PolicyFacts(
            id=policy.pk,
            number=policy.policy_number,
            plan=policy.plan.name,
            start=policy.start_date,
            end=policy.end_date,
            is_group=policy.plan.kind == PlanKind.GROUP or bool(policy.group_contract),
            is_asked=policy.is_asked,
        )
        for policy in policies.select_related("plan").order_by("-start_date", "pk")
    ]
