"""What heirs may know of an insured person: the contract, its end, what is owed either way. A closed list, and no care."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum

from members.benefits.models import BenefitLine, PaidTo
from members.contributions.models import Instalment, InstalmentState
from members.coverage.models import Cover, Policy
from members.households.models import Person, Role
from portals.presentation.formats import euros, long_date


def facts(person_id: int, died_on: datetime.date) -> Sequence[tuple[str, str]]:
    """`(what, value)`, in the system's context. Four queries at most.

    Refunds that were not paid yet are due to the estate; contributions, only when the person was the member.
    """
    person = Person.objects.get(pk=person_id)
    covers = list(Cover.objects.filter(person=person).select_related("policy").order_by("start_date", "pk"))
    if not covers:
        return ()
    numbers = list(dict.fromkeys(cover.policy.policy_number for cover in covers))
    ends = [cover.end_date for cover in covers]
    last = None if None in ends else max(end for end in ends if end is not None)
    told = [
        ("Contrat" if len(numbers) == 1 else "Contrats", ", ".join(numbers)),
        ("Couvert depuis le", long_date(covers[0].start_date)),
        ("Fin de la couverture", long_date(last) if last else f"Au plus tard le jour du décès, {long_date(died_on)}"),
        ("Remboursements dus à la succession", euros(_owed_to(person))),
    ]
    if person.role == Role.MEMBER:
        told.append(("Cotisations restant dues", euros(_owed_by(person, died_on))))
    return told


def _owed_to(person: Person) -> Decimal:
    """What was worked out for the person and not paid; a sum, that tells nothing of the care."""
    waiting = BenefitLine.objects.filter(person=person, paid_to=PaidTo.INSURED, payment_date=None)
    return waiting.aggregate(total=Sum("mutual_amount"))["total"] or Decimal(0)


def _owed_by(person: Person, died_on: datetime.date) -> Decimal:
    """The instalments due until the day of the death that the bank sent back."""
    policies = Policy.objects.filter(household=person.household_id)
    unpaid = Instalment.objects.filter(policy__in=policies, due_on__lte=died_on, state=InstalmentState.REJECTED)
    return unpaid.aggregate(total=Sum("amount"))["total"] or Decimal(0)
