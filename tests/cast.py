"""The fixed cast: the same people in every test, so that a name says who may see what.

Ask for the fixture `cast`. Dates of birth suit tests that stand in 2026 (`time_machine` moves the clock).
"""

import datetime
from dataclasses import dataclass

import pytest

from employers.companies.models import Company
from members.benefits.models import BenefitLine
from members.households.models import Person, Role
from portals.accounts.models import Account
from providers.agreements.models import Professional
from tests import builders
from tests.harness.standing import Standing

ALICE_IBAN = "FR1420041010050500013M02606"
LINA_IBAN = "FR7630006000011234567890189"


@dataclass(frozen=True)
class Household:
    """Alice, member; Samir, her husband, without an account of his own at the bank; Lina, 19; Inès, 10."""

    alice: Person
    samir: Person
    lina: Person
    ines: Person
    alice_line: BenefitLine
    samir_line: BenefitLine
    lina_line: BenefitLine
    ines_line: BenefitLine
    alice_account: Account
    samir_account: Account


@dataclass(frozen=True)
class Cast:
    """Everyone. `bob` lives elsewhere; `rival` and `colleague` are what he is, beside `company` and `professional`."""

    home: Household
    bob: Person
    bob_line: BenefitLine
    bob_account: Account
    company: Company
    company_account: Account
    rival: Company
    rival_account: Account
    professional: Professional
    professional_account: Account
    colleague: Professional
    colleague_account: Account

    @property
    def alice(self) -> Person:
        return self.home.alice

    @property
    def alice_account(self) -> Account:
        return self.home.alice_account


def alices_household() -> Household:
    """Four persons under one policy, one line of care each, accounts for the two parents."""
    house = builders.household(member_number="48217736")
    alice = builders.person(house, family_name="Le Goff", given_names="Alice", iban=ALICE_IBAN)
    samir = builders.person(
        house, role=Role.SPOUSE, family_name="Benali", given_names="Samir", sex="1",
        birth_date=datetime.date(1979, 6, 2),
    )  # fmt: skip
    lina = builders.person(
        house, role=Role.CHILD, family_name="Benali", given_names="Lina", iban=LINA_IBAN,
        birth_date=datetime.date(2006, 11, 3),
    )  # fmt: skip
    ines = builders.person(
        house, role=Role.CHILD, family_name="Benali", given_names="Inès", birth_date=datetime.date(2016, 5, 20)
    )
    contract = builders.policy(house, policy_number="SA48217736")
    for covered in (alice, samir, lina, ines):
        builders.cover(contract, covered)
    return Household(
        alice=alice,
        samir=samir,
        lina=lina,
        ines=ines,
        alice_line=builders.benefit(alice),
        samir_line=builders.benefit(samir, act_label="Ostéopathie de Samir", act_code="OST", family="DOUX"),
        lina_line=builders.benefit(lina, act_label="Analyse de Lina", act_code="B", family="LABO"),
        ines_line=builders.benefit(ines, act_label="Détartrage d’Inès", act_code="SDE", family="DESO"),
        alice_account=builders.account(alice),
        samir_account=builders.account(samir),
    )


def build_cast() -> Cast:
    """Makes everyone, in the order in which they depend on each other."""
    home = alices_household()
    bob = builders.person(
        builders.household(member_number="55001122"), family_name="Tanguy", given_names="Bob", sex="1"
    )
    builders.cover(builders.policy(bob.household, policy_number="SA55001122"), bob)
    company = builders.company()
    builders.group_contract(company)
    rival = builders.company(name="Chantiers du Large")
    builders.group_contract(rival)
    professional = builders.professional()
    builders.agreement(professional)
    colleague = builders.professional(family_name="Hervé", given_name="Paul")
    builders.agreement(colleague)
    return Cast(
        home=home,
        bob=bob,
        bob_line=builders.benefit(bob, act_label="Vaccin de Bob"),
        bob_account=builders.account(bob),
        company=company,
        company_account=builders.account(company),
        rival=rival,
        rival_account=builders.account(rival),
        professional=professional,
        professional_account=builders.account(professional),
        colleague=colleague,
        colleague_account=builders.account(colleague),
    )


@pytest.fixture(scope="session")
def standing_cast() -> Standing[Cast]:
    return Standing("cast", build_cast)


@pytest.fixture
def cast(db: None, standing_cast: Standing[Cast]) -> Cast:
    """The fixed cast, inside the test's transaction."""
    return standing_cast.take()
