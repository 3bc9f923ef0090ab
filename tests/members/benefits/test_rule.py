"""The rule on the page of a line: guarantee used, ceiling before and after, basket, deductions, what differs."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.benefits.models import ActCode, BenefitLine
from members.coverage.models import Guarantee, Policy
from portals.access import isolation
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"

pytestmark = pytest.mark.usefixtures("october")


def guarantee(cast: Cast, family: str, **fields: Any) -> Guarantee:
    """A line of the table of Alice's plan, in force since 2018: 100 % of the base unless said otherwise."""
    with isolation.system():
        plan = Policy.objects.get(household=cast.alice.household).plan
        return Guarantee.objects.create(
            **{
                "plan": plan, "act_family_id": family, "valid_from": datetime.date(2018, 1, 1), "basis": "BR",
                "rate": Decimal(1), "wording": "Consultations : 100 % de la base", **fields,
            }
        )  # fmt: skip


def session(cast: Cast, day: datetime.date, mutual: str = "25.00", **fields: Any) -> BenefitLine:
    return builders.benefit(
        cast.alice, act_code="OSTE", family="DOUX", act_label="Ostéopathie", care_date=day, expense="55.00", base="0",
        scheme_rate="0", scheme_amount="0", deduction="0", mutual_amount=mutual, **fields,
    )  # fmt: skip


def words(client: Client, line: BenefitLine) -> str:
    response = client.get(f"/adherent/prestations/{line.pk}/")
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.commitment("CGU-3.6")
def test_it_says_the_guarantee_and_the_deductions_of_the_year(cast: Cast, alice: Client) -> None:
    guarantee(cast, "MED")
    builders.benefit(cast.alice, care_date=datetime.date(2026, 3, 2))
    builders.benefit(cast.alice, care_date=datetime.date(2025, 12, 2))
    page = words(alice, cast.home.alice_line)
    for said in (
        "Consultations : 100 % de la base", "Aucun pour cette garantie", "Soin non concerné",
        f"Participations forfaitaires 2026, ce soin compris 4,00{NARROW}€ sur 50,00{NARROW}€",
    ):  # fmt: skip
        assert said in page, said
    assert "nos équipes vérifient" not in page


@pytest.mark.commitment("CGU-3.6")
def test_a_ceiling_is_told_before_and_after_by_date_of_care(cast: Cast, alice: Client) -> None:
    guarantee(cast, "DOUX", basis="FIXED", rate=None, amount=Decimal(25), annual_cap=Decimal(100), cap_unit="EUR")
    session(cast, datetime.date(2025, 12, 31))
    late = session(cast, datetime.date(2026, 9, 20))
    session(cast, datetime.date(2026, 1, 1))  # told after, cared before
    session(cast, datetime.date(2026, 9, 21))
    page = words(alice, late)
    assert (
        f"Plafond annuel 100,00{NARROW}€ Période, pour Alice du 1er{NBSP}janvier{NBSP}2026 au 31{NBSP}décembre{NBSP}2026"
        in page
    )
    assert f"avant ce soin 75,00{NARROW}€ Reste du plafond après ce soin 50,00{NARROW}€" in page


@pytest.mark.parametrize("told", [1, -1])
def test_a_ceiling_may_count_acts_however_a_reversal_tells_its_own(cast: Cast, alice: Client, told: int) -> None:
    guarantee(cast, "DOUX", basis="FIXED", rate=None, amount=Decimal(25), annual_cap=Decimal(3), cap_unit="ACTS")
    first = session(cast, datetime.date(2026, 2, 1))
    builders.reversal(first, quantity=Decimal(told))
    page = words(alice, session(cast, datetime.date(2026, 9, 20)))
    assert "Reste du plafond avant ce soin 3 Reste du plafond après ce soin 2" in page


@pytest.mark.commitment("CGU-3.6")
def test_what_differs_is_said_plainly(cast: Cast, alice: Client) -> None:
    guarantee(cast, "MED", rate=Decimal("1.50"))
    line = builders.benefit(cast.alice, expense="45.00", mutual_amount="20.00")
    assert (
        f"La caisse et votre garantie donnent 24,00{NARROW}€, nous avons payé 20,00{NARROW}€{NBSP}: nos équipes vérifient."
        in words(alice, line)
    )


@pytest.mark.commitment("CGU-3.6")
def test_the_copayment_is_owed_without_any_ceiling(cast: Cast, alice: Client) -> None:
    guarantee(cast, "MED", rate=Decimal("0.70"))
    page = words(alice, cast.home.alice_line)
    assert "paie au moins le ticket modérateur" in page
    assert "plafond est atteint" not in page


def test_what_the_caisse_told_is_checked_too(cast: Cast, alice: Client) -> None:
    guarantee(cast, "MED")
    line = builders.benefit(cast.alice, scheme_amount="18.00", mutual_amount="9.00")
    page = words(alice, line)
    assert f"La base et le taux donnent 19,00{NARROW}€ pour le régime obligatoire, la caisse annonce 18,00" in page


@pytest.mark.commitment("CGU-3.6")
def test_a_basket_is_named(cast: Cast, alice: Client) -> None:
    guarantee(cast, "RAC0", basis="EXPENSE", wording="100 % Santé")
    with isolation.system():
        assert ActCode.objects.get(code="PF0").zero_out_of_pocket
    line = builders.benefit(
        cast.alice, act_code="PF0", family="RAC0", expense="500", base="120", scheme_rate="0.60", scheme_amount="72",
        deduction="0", mutual_amount="428",
    )  # fmt: skip
    page = words(alice, line)
    assert f"Panier 100{NARROW}% Santé Sans reste à charge" in page
    assert "la mutuelle paie tout ce qui reste" in page


def test_a_reversal_and_a_table_without_the_family_say_no_rule(cast: Cast, alice: Client) -> None:
    assert "La règle appliquée" not in words(alice, cast.home.alice_line)
    guarantee(cast, "MED")
    assert "La règle appliquée" not in words(alice, builders.reversal(cast.home.alice_line))


@pytest.mark.parametrize("lines", [10, 10_000])
def test_the_rule_asks_as_few_questions_for_many_lines(
    lines: int, cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guarantee(cast, "MED", rate=Decimal("1.50"), annual_cap=Decimal(100_000), cap_unit="EUR")
    builders.benefits(cast.alice, lines)
    line = builders.benefit(cast.alice, expense="45.00", mutual_amount="20.00", payment_ref="VIR-SEUL")
    words(alice, line)
    with django_assert_max_num_queries(16) as counted:
        words(alice, line)
    kept = [q["sql"] for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(kept) <= 12
