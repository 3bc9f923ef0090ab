"""The first page of the member: the last payment, the statement, the year."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portals.accounts.rules import two_years_after
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"

pytestmark = pytest.mark.usefixtures("october")


def words(client: Client) -> str:
    response = client.get("/adherent/")
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.commitment("CGU-3.6")
def test_it_opens_with_the_last_payment(cast: Cast, alice: Client) -> None:
    builders.benefit(
        cast.alice, mutual_amount="36.00", payment_date=datetime.date(2026, 10, 7), payment_ref="VIR7",
        act_label="Avis ponctuel", expense="85.00",
    )  # fmt: skip
    page = words(alice)
    assert (
        f"La mutuelle vous a versé 36,00{NARROW}€ le{NBSP}7{NBSP}octobre{NBSP}2026. Avis ponctuel pour Alice, le 24"
        in page
    )


def test_what_arrived_on_one_day_is_one_sum(cast: Cast, alice: Client) -> None:
    assert (
        f"La mutuelle vous a versé 27,00{NARROW}€ le{NBSP}6{NBSP}octobre{NBSP}2026. Pour Alice, Samir et Inès."
        in words(alice)
    )


def test_payments_to_come_are_not_told_as_made(cast: Cast, alice: Client) -> None:
    builders.benefit(cast.alice, act_label="Soin à venir", payment_date=datetime.date(2026, 10, 14))
    assert "Soin à venir" not in words(alice)


@pytest.mark.commitment("PDP-1.2")
def test_what_arrived_for_an_adult_is_told_without_the_care(cast: Cast, alice: Client) -> None:
    page = words(alice)
    assert "Remboursement de Samir Le détail des soins de Samir lui appartient." in page
    for hidden in ("Ostéopathie", "Lina a", "Analyse de Lina", "Remboursement de Lina"):
        assert hidden not in page


def test_care_paid_together_for_one_person_is_one_payment(cast: Cast, alice: Client) -> None:
    builders.benefit(cast.alice, mutual_amount="11.00")
    page = words(alice)
    assert "2 soins" in page
    assert f"20,00{NARROW}€" in page


def test_money_taken_back_is_told_as_such(cast: Cast, alice: Client) -> None:
    builders.reversal(cast.home.alice_line, payment_date=datetime.date(2026, 10, 8), payment_ref="VIR8")
    assert f"La mutuelle a repris 9,00{NARROW}€ le{NBSP}8{NBSP}octobre{NBSP}2026." in words(alice)


@pytest.mark.commitment("CGU-3.6")
def test_the_year_adds_up_with_its_table(cast: Cast, alice: Client) -> None:
    builders.benefit(cast.alice, care_date=datetime.date(2026, 3, 2), expense="100.00", mutual_amount="50.00")
    builders.benefit(cast.alice, care_date=datetime.date(2025, 12, 31), expense="999.00")
    page = words(alice)
    assert "Votre année 2026, avec Inès" in page
    assert f"Sur 160,00{NARROW}€ de soins, il reste 35,00{NARROW}€ à votre charge, soit 22{NARROW}%." in page
    assert f"Le mois le plus lourd est mars, avec 100,00{NARROW}€." in page
    assert f"Mars 100,00{NARROW}€ 19,00{NARROW}€ 50,00{NARROW}€ 31,00{NARROW}€" in page
    assert f"Total 160,00{NARROW}€ 57,00{NARROW}€ 68,00{NARROW}€ 35,00{NARROW}€" in page


def test_a_newcomer_is_told_what_will_come(client: Client, db: None) -> None:
    page = words(builders.sign_in(client, builders.account(builders.person(given_names="Nour"))))
    assert "Bonjour Nour. Aucun versement pour le moment." in page
    assert "Aucun soin en 2026 pour le moment." in page
    assert "Aucun relevé pour le moment." in page


def test_somebody_who_left_the_household_is_told_so(cast: Cast, client: Client) -> None:
    from portals.access.models import Grant

    Grant.objects.filter(account=cast.bob_account).update(subject_id=987_654_321)
    response = builders.sign_in(client, cast.bob_account).get("/adherent/")
    assert response.status_code == 403
    assert "Vous n’êtes plus rattaché à ce contrat." in response.content.decode()


def test_looking_at_the_home_page_is_written_in_the_journal(cast: Cast, alice: Client) -> None:
    words(alice)
    entry = Entry.objects.get(action="home.consulted")
    assert (entry.account_id, entry.tenant_id) == (cast.alice_account.pk, cast.alice.household_id)


@pytest.mark.commitment("CGU-3.2")
def test_it_says_that_it_is_indicative(alice: Client) -> None:
    assert "à titre indicatif" in words(alice)


@pytest.mark.parametrize("lines", [1, 20, 10_000])
def test_the_number_of_queries_does_not_depend_on_the_number_of_lines(
    lines: int, cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.benefits(cast.alice, lines)
    words(alice)
    with django_assert_max_num_queries(16) as counted:
        words(alice)
    kept = [q["sql"] for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert 5 < len(kept) <= 12


@pytest.mark.commitment("CGU-7.3")
@pytest.mark.parametrize(
    ("ended", "first"),
    [
        (
            datetime.date(2026, 3, 31),
            f"Votre couverture a pris fin le{NBSP}31{NBSP}mars{NBSP}2026. "
            f"Cet espace reste ouvert en lecture jusqu’au{NBSP}31{NBSP}mars{NBSP}2028 à 0{NBSP}h.",
        ),
        (datetime.date(2026, 12, 31), "Bonjour"),  # a cover that ends in December 2026 runs still
    ],
)
def test_whose_cover_has_ended_is_told_until_when_the_space_stays(
    db: None, client: Client, ended: datetime.date, first: str
) -> None:
    closes_on = two_years_after(ended)
    builders.sign_in(client, builders.account(builders.person(), ended_on=ended, closes_on=closes_on))
    assert first in words(client)


def test_without_a_grant_the_page_says_what_stays_open(db: None, client: Client) -> None:
    today = datetime.date(2026, 10, 9)
    builders.sign_in(client, builders.account(builders.person(), since=datetime.date(2020, 1, 1), closes_on=today))
    response = client.get("/adherent/")
    assert response.status_code == 403
    page = words_of(response.content.decode())
    assert "Votre espace est fermé." in page
    assert "Voir mon compte" in page
    assert client.get("/compte/").status_code == 200
