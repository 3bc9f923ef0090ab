"""What an account is drawn from: covers, payments and slips, in a few queries however many people there are.

In the system's context only: a company reads what was drawn, never this.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from employers.companies.models import GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip
from employers.technical.rules import Covered, age_band, are_whole, structure_of

COVERED = """
SELECT DISTINCT policy.group_contract, person.id, person.role, person.birth_date, person.sex
FROM members_policy policy
JOIN members_cover cover ON cover.policy_id = policy.id
JOIN members_person person ON person.id = cover.person_id
WHERE policy.group_contract = ANY(%(contracts)s)
    AND cover.start_date <= %(last)s AND (cover.end_date IS NULL OR cover.end_date >= %(first)s)
"""
# Payments of the year, whenever the care was: each is counted in one year and one only. Lines that cancel one another
# leave nothing to tell.
PAID = """
WITH paid AS (
    SELECT policy.group_contract, line.person_id, act.family_id, (sum(line.mutual_amount) * 100)::bigint AS cents
    FROM members_policy policy
    JOIN members_benefitline line ON line.household_id = policy.household_id AND line.policy_id = policy.id
    JOIN members_actcode act ON act.code = line.act_code
    WHERE policy.group_contract = ANY(%(contracts)s)
        AND line.payment_date >= %(first)s AND line.payment_date <= %(last)s
    GROUP BY policy.group_contract, line.person_id, act.family_id
    HAVING sum(line.mutual_amount) <> 0
)
SELECT paid.group_contract, person.id, person.role, person.birth_date, person.sex, paid.family_id, paid.cents
FROM paid JOIN members_person person ON person.id = paid.person_id
"""


@dataclass(frozen=True)
class Called:
    """What the slips of a contract say of a year, in euros; None: they do not tell the whole of it."""

    contributions: Decimal | None = None
    headcount: int | None = None


def contracts_of(company_id: int, year: int) -> list[GroupContract]:
    """The contracts of a company that ran in the year."""
    contracts = GroupContract.objects.filter(company=company_id, start_date__lte=datetime.date(year, 12, 31))
    running = contracts.filter(Q(end_date=None) | Q(end_date__gte=datetime.date(year, 1, 1)))
    return list(running.order_by("contract_number"))


def people_of(contracts: Iterable[GroupContract], year: int) -> dict[str, list[Covered]]:
    """Everybody whom the contracts covered in the year, or for whom they paid, by contract number. Two queries."""
    asked: dict[str, Any] = {
        "contracts": [contract.contract_number for contract in contracts],
        "first": datetime.date(year, 1, 1),
        "last": datetime.date(year, 12, 31),
    }
    people: dict[str, dict[int, Covered]] = defaultdict(dict)
    care: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(PAID, asked)
        for contract, person, *standing, family, cents in cursor.fetchall():
            spent = care[contract, person]
            spent[family] = cents
            people[contract][person] = Covered(person, *_place(standing, year), spent, was_covered=False)
        cursor.execute(COVERED, asked)
        for contract, person, *standing in cursor.fetchall():
            spent = care.get((contract, person), {})
            people[contract][person] = Covered(person, *_place(standing, year), spent)
    return {contract: list(found.values()) for contract, found in people.items()}


def _place(standing: Sequence[Any], year: int) -> tuple[str, str, str]:
    """Where the fixed cuts put somebody, structure, age and sex, by role, day of birth and sex."""
    role, birth, sex = standing
    return structure_of(role), age_band(birth, year), sex


def called_of(contracts: Iterable[GroupContract], year: int) -> dict[int, Called]:
    """What was called for the year, by contract. A slip is of the year in which its period ends. Two queries."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    held = {contract.pk: contract for contract in contracts}
    slips = ContributionSlip.objects.filter(contract__in=held, period_end__range=(first, last))
    by_contract: dict[int, list[ContributionSlip]] = defaultdict(list)
    for slip in slips.order_by("period_end", "pk"):
        by_contract[slip.contract_id].append(slip)
    lines = ContributionLine.objects.filter(slip__contract__in=held, slip__period_end__range=(first, last))
    sums = {
        slip: (amount, headcount)
        for slip, amount, headcount in lines.order_by()
        .values_list("slip")
        .annotate(amount=Sum("amount"), heads=Sum("headcount", filter=Q(adjusts_period=None)))
    }
    return {
        contract: _called(held[contract], slips_of_year, sums, first, last)
        for contract, slips_of_year in by_contract.items()
    }


def _called(
    contract: GroupContract,
    slips: list[ContributionSlip],
    sums: dict[int, tuple[Decimal, int | None]],
    first: datetime.date,
    last: datetime.date,
) -> Called:
    """The sums of slips that have their lines; no contributions when a day of the contract's year is in no slip."""
    detailed = [slip for slip in slips if slip.pk in sums]
    if not detailed:
        return Called()
    since, until = max(first, contract.start_date), min(last, contract.end_date or last)
    whole = are_whole([(slip.period_start, slip.period_end) for slip in detailed], since, until)
    total = sum((sums[slip.pk][0] for slip in detailed), Decimal(0))
    return Called(total if whole else None, sums[detailed[-1].pk][1])
