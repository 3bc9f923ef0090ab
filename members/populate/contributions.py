"""The contributions of the demo's households: no feed tells them, so they are written as staff would."""

import datetime
from decimal import Decimal

from members.contributions.actions import set_instalment, set_term
from members.contributions.models import Frequency, InstalmentState, PaymentMode
from members.contributions.rules import Standing, schedule
from members.coverage.models import Policy
from members.households.models import Role
from members.populate.cast import member_number
from portals.access import isolation

HOUSEHOLDS = 7
"""Those of the cast, which `members.populate.cast` tells."""

MONTHLY = {"LIT": Decimal("38.40"), "RIV": Decimal("61.20"), "LAR": Decimal("89.70")}
"""Of one adult, in euros, in the year before; a child is half as much."""
RISE = Decimal("1.035")
CENT = Decimal("0.01")
DEBIT_DAY = 5
REJECTED_MEMBER = 2
"""The household of the cast whose last instalment its bank has rejected."""


def bill_cast(today: datetime.date) -> int:
    """Terms of last year and of this one for each policy of the cast, and what became of each instalment."""
    with isolation.system():
        numbers = {member_number(rank): rank for rank in range(1, HOUSEHOLDS + 1)}
        policies = list(
            Policy.objects.filter(household__member_number__in=numbers)
            .select_related("household", "plan")
            .prefetch_related("household__persons")
            .order_by("policy_number")
        )
        for policy in policies:
            _bill(policy, today, is_rejected=numbers[policy.household.member_number] == REJECTED_MEMBER)
    return len(policies)


def _bill(policy: Policy, today: datetime.date, *, is_rejected: bool) -> None:
    persons = list(policy.household.persons.all())
    children = sum(person.role == Role.CHILD for person in persons)
    shares = Decimal(len(persons) - children) + Decimal(children) / 2
    amount = (MONTHLY[policy.plan.plan_code] * shares).quantize(CENT)
    payer = next(person for person in persons if person.role == Role.MEMBER)
    years = (today.year - 1, today.year)
    terms = [
        set_term(
            by=None, policy=policy, valid_from=max(datetime.date(year, 1, 1), policy.start_date),
            valid_to=policy.end_date if year == today.year else None, amount=amount_of_year,
            frequency=Frequency.MONTHLY, mode=PaymentMode.DIRECT_DEBIT, day=DEBIT_DAY, payer=payer,
        )
        for year, amount_of_year in zip(years, (amount, (amount * RISE).quantize(CENT)), strict=True)
        if (policy.end_date is None or policy.end_date >= datetime.date(year, 1, 1))
        and policy.start_date <= datetime.date(year, 12, 31)
    ]  # fmt: skip
    due = [one for year in years for one in schedule(terms, {}, year=year, today=today)]
    past = [one for one in due if one.standing is Standing.UNTOLD]
    for one in past:
        bounced = is_rejected and one is past[-1]
        set_instalment(
            by=None, policy=policy, due_on=one.due_on, amount=one.amount,
            state=InstalmentState.REJECTED if bounced else InstalmentState.PAID,
            state_on=one.due_on + datetime.timedelta(days=3) if bounced else one.due_on,
        )  # fmt: skip
