"""Companies with enough people for accounts, and one account made without them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.technical.models import TechnicalAccount, TechnicalLine
from employers.technical.rules import Level, Table
from members.benefits.models import BenefitLine, PaidTo, Source
from members.coverage.models import Cover, Policy
from members.households.models import Household, Person, Role
from portals.access import isolation
from tests import builders
from tests.builders import number
from tests.employers.contributions.objects import contract_of

FAMILIES = ("MED", "PHAR", "DENT", "OPTI", "HOSP")
CODES = {"MED": "G", "PHAR": "PH7", "DENT": "PFC", "OPTI": "LUN", "HOSP": "HOS"}


def technical_account_of(company: Company, *, published: bool = True, **fields: Any) -> TechnicalAccount:
    """The account of 2025: 48 000 € called, 40 000 € paid, of which 12 000 € are told line by line for two families.

    Asked again for nothing else, the same one.
    """
    contract = contract_of(company)
    with isolation.system():
        held = TechnicalAccount.objects.filter(contract=contract, year=2025).first()
        if held is not None and published and not fields:
            return held
        account = TechnicalAccount.objects.create(
            **{
                "contract": contract,
                "company": company,
                "year": 2025,
                "level": Level.DETAIL.value,
                "headcount": 60,
                "contributions": Decimal(48_000),
                "benefits": Decimal(40_000),
                "built_at": timezone.now(),
                **fields,
            }
        )
        lines: list[dict[str, Any]] = [
            {"code": "MED", "label": "Soins courants", "amount": Decimal(12_000), "variation": Decimal(-340)},
            {"code": "AUDI", "label": "Aides auditives"},
            {"code": "HOSP", "label": "Hospitalisation"},
            {"label": "Lignes non détaillées, ensemble", "amount": Decimal(28_000), "is_rest": True},
        ]
        for position, line in enumerate(lines):
            TechnicalLine.objects.create(
                account=account, company=company, table=Table.FAMILY.value, position=position, **line
            )
        if published:
            TechnicalAccount.objects.filter(pk=account.pk).update(published_at=timezone.now())
            account.refresh_from_db()
    return account


def workforce(company: Company, employees: int, *, seed: int = 1, **fields: Any) -> GroupContract:
    """A contract whose employees, their spouses and children are covered since 2020, without care yet."""
    contract = builders.group_contract(company, **fields)
    rng = Random(seed)
    with isolation.system():
        homes = Household.objects.bulk_create(
            Household(member_number=f"{80_000_000 + number()}") for _ in range(employees)
        )
        policies = Policy.objects.bulk_create(
            Policy(
                policy_number=f"CT{number():08d}", household=home, plan_id=contract.plan_id,
                start_date=datetime.date(2020, 1, 1), group_contract=contract.contract_number,
            )
            for home in homes
        )  # fmt: skip
        persons = Person.objects.bulk_create(person for home in homes for person in _family(home, rng))
        by_home = {policy.household_id: policy for policy in policies}
        Cover.objects.bulk_create(
            Cover(
                policy=by_home[person.household_id], person=person, household_id=person.household_id,
                start_date=datetime.date(2020, 1, 1),
            )
            for person in persons
        )  # fmt: skip
    return contract


def _family(home: Household, rng: Random) -> Iterator[Person]:
    """An employee, a spouse for one in two, up to two children."""
    ages = [(Role.MEMBER, rng.randrange(22, 63))]
    if rng.random() < 0.5:
        ages.append((Role.SPOUSE, rng.randrange(22, 63)))
    ages += [(Role.CHILD, rng.randrange(24)) for _ in range(rng.randrange(3))]
    for rank, (role, age) in enumerate(ages, start=1):
        yield Person(
            person_ref=f"{home.member_number}-{rank}", household=home, rank=rank, role=role, family_name="Marin",
            given_names="Claude", search_name="MARIN", birth_date=datetime.date(2025 - age, 1 + rng.randrange(12), 5),
            sex=rng.choice("12"),
        )  # fmt: skip


def pay(contract: GroupContract, year: int, *, seed: int = 1, most: int = 100) -> int:
    """Care of each family for most people of a contract, paid in the year; returns how many lines."""
    rng = Random(f"{seed}/{year}")
    acts = {family: builders.act(code, family=family) for family, code in CODES.items()}
    day = datetime.date(year, 6, 14)
    with isolation.system():
        with connection.cursor() as cursor:
            cursor.execute("SELECT ensure_month('members_benefitline', %s)", [day])
        covers = Cover.objects.filter(policy__group_contract=contract.contract_number).order_by("pk")
        lines = [
            BenefitLine(
                benefit_ref=f"LIGNE{number():09d}", policy_id=cover.policy_id, person_id=cover.person_id,
                household_id=cover.household_id, care_date=day, act_code=acts[family], act_label="Acte",
                expense=100, base=50, scheme_rate=Decimal("0.7"), scheme_amount=30,
                mutual_amount=Decimal(rng.randrange(500, most * 100)) / 100, paid_to=PaidTo.INSURED,
                payment_date=day + datetime.timedelta(days=20), source=Source.NOEMIE,
            )
            for cover in covers
            for family in FAMILIES
            if rng.random() < 0.6
        ]  # fmt: skip
        BenefitLine.objects.bulk_create(lines)
    return len(lines)
