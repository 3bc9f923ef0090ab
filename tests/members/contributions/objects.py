"""What a contract costs, for tests of other rooms."""

import datetime
from decimal import Decimal

from members.contributions.actions import set_instalment, set_term
from members.contributions.models import ContributionTerm, Instalment, InstalmentState
from members.coverage.models import Policy
from members.households.models import Person


def contribution_term_of(person: Person) -> ContributionTerm:
    """61,20 € a month, for the policy of the person's household. In the system's context."""
    policy = Policy.objects.filter(household=person.household_id).order_by("id")[0]
    return set_term(by=None, policy=policy, valid_from=datetime.date(2025, 1, 1), amount=Decimal("61.20"), payer=person)


def instalment_of(person: Person) -> Instalment:
    """One of these months, paid. In the system's context."""
    term, day = contribution_term_of(person), datetime.date(2026, 3, 5)
    return set_instalment(
        by=None, policy=term.policy, due_on=day, amount=term.amount, state=InstalmentState.PAID, state_on=day
    )
