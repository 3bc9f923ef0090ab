"""The page of one line: the answer, why, every column of the décompte."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.benefits.models import BenefitLine
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"

pytestmark = pytest.mark.usefixtures("october")


def words(client: Client, line: BenefitLine) -> str:
    response = client.get(f"/adherent/prestations/{line.pk}/")
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.commitment("CGU-3.6")
def test_it_answers_then_explains_then_gives_every_column(cast: Cast, alice: Client) -> None:
    line = builders.benefit(
        cast.alice, expense="85.00", base="60.00", scheme_amount="40.00", mutual_amount="36.00", act_code="APC",
        act_label="Avis ponctuel", professional_name="Dr Élise Marchetti", payment_ref="VIR-261007-48217",
        payment_date=datetime.date(2026, 10, 7), benefit_ref="DEC26267004918",
    )  # fmt: skip
    page = words(alice, line)
    for said in (
        f"La mutuelle vous a versé 36,00{NARROW}€ le{NBSP}7{NBSP}octobre{NBSP}2026.",
        f"Il{NBSP}reste 9,00{NARROW}€ à votre charge.",
        f"Ce prix dépasse de 25,00{NARROW}€ la base de remboursement",
        f"Le régime obligatoire calcule 70{NARROW}%",
        f"60,00{NARROW}€ × 70{NARROW}%",
        f"La loi retient 2,00{NARROW}€",
        f"cela fait 130{NARROW}% de la base de remboursement",
        f"7,00{NARROW}€ que ni le régime ni la mutuelle ne remboursent, et la retenue de 2,00{NARROW}€ prévue par la loi",
        f"Date de soins 24{NBSP}septembre{NBSP}2026", "Bénéficiaire Alice Le Goff", "Professionnel Dr\u00a0Élise Marchetti",
        "Acte APC, Avis ponctuel", "Quantité 1", f"Dépense engagée 85,00{NARROW}€",
        f"Base de remboursement 60,00{NARROW}€", f"Taux 70{NARROW}%", f"Montant calculé 42,00{NARROW}€",
        f"Retenue (participation ou franchise) −{NARROW}2,00{NARROW}€", f"Versé par le régime 40,00{NARROW}€",
        f"Part de la mutuelle 36,00{NARROW}€", f"Autres organismes 0,00{NARROW}€", f"Reste à charge 9,00{NARROW}€",
        "Contrat SA48217736", "Payé à Vous", f"Date 7{NBSP}octobre{NBSP}2026",
        "Référence du virement VIR-261007-48217", "Arrivé par Télétransmission", "N° de décompte DEC26267004918",
    ):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"payment_date": datetime.date(2026, 10, 14)}, f"La mutuelle vous versera 9,00{NARROW}€ le{NBSP}14{NBSP}octobre"),
        ({"payment_date": None}, f"La mutuelle vous versera 9,00{NARROW}€. Il{NBSP}reste"),
        ({"paid_to": "professional"}, f"La mutuelle a payé 9,00{NARROW}€ au professionnel le{NBSP}6{NBSP}octobre"),
        ({"payment_date": None, "mutual_amount": "0"}, "La mutuelle ne verse rien pour ce soin."),
        ({"scheme_amount": "21.00", "deduction": "0"}, "Rien ne reste à votre charge."),
    ],
)  # fmt: skip
def test_the_answer_follows_the_payment(fields: dict[str, object], answer: str, cast: Cast, alice: Client) -> None:
    assert answer in words(alice, builders.benefit(cast.alice, **fields))


def test_other_bodies_have_their_step(cast: Cast, alice: Client) -> None:
    page = words(alice, builders.benefit(cast.alice, other_amount="1.50"))
    assert "Un autre organisme verse sa part" in page
    assert f"Autres organismes 1,50{NARROW}€" in page


@pytest.mark.commitment("CGU-3.6")
def test_a_reversal_leads_to_what_it_cancels_and_back(cast: Cast, alice: Client) -> None:
    original = cast.home.alice_line
    reversal = builders.reversal(original, payment_date=datetime.date(2026, 10, 8))
    page = words(alice, reversal)
    assert f"Ce soin est annulé\u00a0: la mutuelle a repris 9,00{NARROW}€ le{NBSP}8{NBSP}octobre{NBSP}2026." in page
    assert "donne zéro" in page
    markup = alice.get(f"/adherent/prestations/{reversal.pk}/").content.decode()
    assert f'href="/adherent/prestations/{original.pk}/">Voir la ligne annulée' in markup
    markup = alice.get(f"/adherent/prestations/{original.pk}/").content.decode()
    assert f'href="/adherent/prestations/{reversal.pk}/">Voir l’annulation' in markup


def test_the_other_lines_of_the_payment_are_told_among_those_that_may_be_read(cast: Cast, alice: Client) -> None:
    markup = alice.get(f"/adherent/prestations/{cast.home.alice_line.pk}/").content.decode()
    assert "Dans le même versement" in markup
    assert f'href="/adherent/prestations/{cast.home.ines_line.pk}/"' in markup
    assert "Samir" not in markup
    assert "Lina" not in markup


@pytest.mark.commitment("PDP-1.2")
@pytest.mark.parametrize("whose", ["samir_line", "lina_line", "bob_line", "missing"])
def test_somebody_elses_line_is_as_unknown_as_one_that_never_was(whose: str, cast: Cast, alice: Client) -> None:
    numbers = {
        "samir_line": cast.home.samir_line.pk, "lina_line": cast.home.lina_line.pk, "bob_line": cast.bob_line.pk,
        "missing": 987_654_321,
    }  # fmt: skip
    missing = alice.get("/adherent/prestations/123456789012345678/")
    response = alice.get(f"/adherent/prestations/{numbers[whose]}/")
    assert response.status_code == missing.status_code == 404
    assert what_it_says(response) == what_it_says(missing)


def what_it_says(response: Any) -> str:
    """The page without what is drawn at random for each answer."""
    markup: str = response.content.decode().replace(response["X-Reference"], "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", markup)


def test_a_number_too_large_for_the_database_is_unknown_too(alice: Client) -> None:
    assert alice.get(f"/adherent/prestations/{10**30}/").status_code == 404


def test_reading_a_line_is_written_in_the_journal(cast: Cast, alice: Client) -> None:
    words(alice, cast.home.ines_line)
    entry = Entry.objects.get(action="benefit.consulted")
    assert entry.object_id == str(cast.home.ines_line.pk)
    whose = cast.home.ines.pk
    assert entry.details == {"person": whose, "about": f"p{whose}"}
    assert entry.account_id == cast.alice_account.pk


def test_it_is_read_and_never_posted(cast: Cast, alice: Client) -> None:
    assert alice.post(f"/adherent/prestations/{cast.home.alice_line.pk}/").status_code == 405


def test_it_asks_few_questions_to_the_database(
    cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    words(alice, cast.home.alice_line)
    with django_assert_max_num_queries(16) as counted:
        words(alice, cast.home.alice_line)
    kept = [q["sql"] for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert 5 < len(kept) <= 12
