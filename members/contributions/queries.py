"""Reads of contributions: the holder's business, and nobody else's of the household."""

from members.contributions.models import ContributionTerm, Instalment
from members.coverage.models import Policy
from members.households.models import Person, Role
from members.households.rules import Viewpoint


def policies_paid_by(viewpoint: Viewpoint) -> list[Policy]:
    """The household's policies, for the member who pays them; nothing for the others. The running one first. One query."""
    if not viewpoint.is_holder:
        return []
    policies = list(
        Policy.objects.filter(household_id=viewpoint.household_id).select_related("plan").order_by("-start_date", "-pk")
    )
    return sorted(policies, key=lambda policy: policy.end_date is not None and policy.end_date < viewpoint.day)


def terms_of(policies: list[Policy]) -> dict[int, list[ContributionTerm]]:
    """The dated terms of each policy, newest first. One query."""
    found: dict[int, list[ContributionTerm]] = {policy.pk: [] for policy in policies}
    terms = ContributionTerm.objects.filter(policy__in=policies).select_related("payer").order_by("-valid_from")
    for term in terms:
        found[term.policy_id].append(term)
    return found


def instalments_of(policies: list[Policy]) -> dict[int, list[Instalment]]:
    """What is known of the instalments of each policy, oldest first. One query."""
    found: dict[int, list[Instalment]] = {policy.pk: [] for policy in policies}
    for instalment in Instalment.objects.filter(policy__in=policies).order_by("due_on"):
        found[instalment.policy_id].append(instalment)
    return found


def refunded_person(viewpoint: Viewpoint) -> Person | None:
    """On whose account the viewer's refunds arrive: their own, or the member's. One query."""
    rows = Person.objects.filter(household_id=viewpoint.household_id).order_by("rank", "pk")
    people = list(rows)
    own = next((one for one in people if one.pk == viewpoint.viewer.id), None)
    if own is not None and own.iban_sealed:
        return own
    return next((one for one in people if one.role == Role.MEMBER), None)
