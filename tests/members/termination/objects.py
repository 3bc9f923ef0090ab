"""Requests to end a policy, as tests need them."""

from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Person
from members.households.queries import viewpoint
from members.termination.actions import ask_termination
from members.termination.models import Termination
from portals.access import isolation
from portals.accounts.models import Account


def termination_of(account: Account, person: Person) -> Termination:
    """The member has asked for the end of the household's policy, today."""
    with isolation.system():
        view = viewpoint(
            household_id=person.household_id, person_id=person.pk, day=timezone.localdate(), is_represented=False
        )
        policy = Policy.objects.get(household_id=person.household_id)
        return ask_termination(by=account, viewpoint=view, policy_id=policy.pk)


def policy_of(person: Person) -> int:
    """The policy of the person's household."""
    with isolation.system():
        return Policy.objects.values_list("pk", flat=True).get(household_id=person.household_id)
