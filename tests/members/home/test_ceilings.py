"""Ceilings used and left, the next payment and what waits, on the member's first page."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.coverage.models import Guarantee, Policy
from members.home.waiting import Waiting
from members.households.models import Person
from members.noemie.actions import ReasonMissing, set_link
from portals.access import isolation
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"

pytestmark = pytest.mark.usefixtures("october")


def ceiling(cast: Cast, **fields: Any) -> None:
    with isolation.system():
        plan = Policy.objects.get(household=cast.alice.household).plan
        Guarantee.objects.create(
            **{
                "plan": plan, "act_family_id": "DOUX", "valid_from": datetime.date(2018, 1, 1), "basis": "FIXED",
                "amount": Decimal(25), "annual_cap": Decimal(150), "cap_unit": "EUR", "wording": "Médecines douces",
                **fields,
            }
        )  # fmt: skip


def session(of: Person, day: datetime.date, paid_on: datetime.date | None, **fields: Any) -> None:
    builders.benefit(
        of, act_code="OSTE", family="DOUX", act_label="Ostéopathie", care_date=day, expense="55.00", base="0",
        scheme_rate="0", scheme_amount="0", deduction="0", mutual_amount="25.00", payment_date=paid_on, **fields,
    )  # fmt: skip


def words(client: Client, address: str = "/adherent/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.commitment("CGU-3.6")
def test_a_ceiling_says_what_is_left_used_and_planned(cast: Cast, alice: Client) -> None:
    ceiling(cast)
    session(cast.alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 10))
    session(cast.alice, datetime.date(2026, 10, 2), datetime.date(2026, 10, 13))
    session(cast.alice, datetime.date(2025, 12, 30), datetime.date(2026, 1, 6))
    page = words(alice)
    assert f"Médecines douces, Alice 100,00{NARROW}€" in page
    assert (
        f"25,00{NARROW}€ utilisés, 25,00{NARROW}€ prévus, sur 150,00{NARROW}€, jusqu’au 31{NBSP}décembre{NBSP}2026"
        in page
    )


def test_the_ceilings_of_a_child_show_once_begun_and_those_of_an_adult_never(cast: Cast, alice: Client) -> None:
    ceiling(cast)
    assert "Médecines douces, Inès" not in words(alice)
    session(cast.home.ines, datetime.date(2026, 3, 2), datetime.date(2026, 3, 10))
    session(cast.home.lina, datetime.date(2026, 3, 2), datetime.date(2026, 3, 10))
    page = words(alice)
    assert f"Médecines douces, Inès 125,00{NARROW}€" in page
    assert "Médecines douces, Lina" not in page
    assert "Médecines douces, Samir" not in page


def test_a_ceiling_of_acts_and_one_of_nothing(cast: Cast, alice: Client) -> None:
    ceiling(cast, cap_unit="ACTS", annual_cap=Decimal(3))
    ceiling(cast, act_family_id="OPTI", annual_cap=Decimal(0))
    session(cast.alice, datetime.date(2026, 3, 2), datetime.date(2026, 3, 10))
    page = words(alice)
    assert "Médecines douces, Alice 2 actes" in page
    assert "Optique, Alice" not in page


@pytest.mark.commitment("CGU-3.6")
def test_the_next_payment_is_told(cast: Cast, alice: Client) -> None:
    session(cast.alice, datetime.date(2026, 10, 2), datetime.date(2026, 10, 20))
    session(cast.alice, datetime.date(2026, 10, 3), datetime.date(2026, 10, 13))
    assert f"Prochain versement prévu{NBSP}: 25,00{NARROW}€ le 13{NBSP}octobre{NBSP}2026." in words(alice)


def test_a_rejected_link_waits_until_it_is_active_again(cast: Cast, alice: Client) -> None:
    def link(state: str, reason: str = "") -> None:
        set_link(
            by=None, person=cast.home.ines, state=state, since=datetime.date(2026, 10, 6), office="CPAM", reason=reason
        )

    assert "Ce qui vous attend" not in words(alice)
    link("rejected", "other_mutual")
    page = words(alice)
    assert f"Rétablir la télétransmission{NBSP}: Inès" in page
    page = words(alice, "/adherent/teletransmission/")
    for said in (
        "est à rétablir pour Inès.",
        "Rejeté",
        "6\u00a0octobre\u00a02026",
        "Caisse CPAM",
        "l’ancienne complémentaire",
    ):
        assert said in page, said
    link("active")
    assert "Ce qui vous attend" not in words(alice)
    assert "est à rétablir" not in words(alice, "/adherent/teletransmission/")


def test_a_link_is_shown_to_whoever_reads_the_person_and_to_nobody_else(cast: Cast, alice: Client) -> None:
    for person in (cast.home.lina, cast.bob):
        set_link(
            by=None, person=person, state="rejected", since=datetime.date(2026, 10, 6), office="CPAM SECRÈTE",
            reason="unknown",
        )  # fmt: skip
    for address in ("/adherent/", "/adherent/teletransmission/"):
        page = words(alice, address)
        assert "SECRÈTE" not in page
        assert "Rétablir" not in page


def test_a_rejection_says_why(cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        set_link(by=None, person=cast.bob, state="rejected", since=datetime.date(2026, 10, 6))


def test_what_waits_counts_its_days() -> None:
    entry = Waiting("Décider pour le devis", "/adherent/", "Valable encore.", due=datetime.date(2026, 10, 31))
    assert entry.days_left(datetime.date(2026, 10, 9)) == 22
    assert Waiting("Rétablir", "/adherent/", "").days_left(datetime.date(2026, 10, 9)) is None


@pytest.mark.parametrize("lines", [10, 10_000])
def test_the_full_page_asks_as_few_questions_for_many_lines(
    lines: int, cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ceiling(cast)
    builders.benefits(cast.alice, lines, act_code="OSTE", family="DOUX")
    session(cast.alice, datetime.date(2026, 10, 2), datetime.date(2026, 10, 20))
    words(alice)
    with django_assert_max_num_queries(16) as counted:
        words(alice)
    kept = [q["sql"] for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(kept) <= 12
