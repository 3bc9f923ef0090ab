"""Simulations: found by everyday words, computed by the engine, kept as they were, compared with what was paid."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.coverage.models import Guarantee
from members.quotes.actions import forget_old
from members.quotes.models import Simulation
from members.quotes.searching import find
from portals.access import isolation
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.quotes.objects import simulation_of
from tests.pages import words_of

NARROW = "\u202f"
LIST = "/adherent/simulation/"
ACT = "/adherent/simulation/acte/"
OPTICS = "/adherent/simulation/optique/"
GLASSES = {
    "care_date": "20/10/2026", "sight": "yes", "right_act": "VM1", "right_price": "150,00", "left_act": "VM1",
    "left_price": "150", "frame_act": "M03", "frame_price": "120",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, data: dict[str, str] | None = None) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def newest() -> Simulation:
    with isolation.system():
        return Simulation.objects.latest("pk")


@pytest.mark.parametrize(
    ("words", "code"),
    [("consultation généraliste", "G"), ("kiné", "AMK"), ("ostéopathe", "OSTE"), ("couronne zircone", "CZ0"),
     ("CS", "CS"), ("DIÉTÉTICIEN", "DIET")],
)  # fmt: skip
def test_everyday_words_find_the_act(words: str, code: str) -> None:
    assert code in [act.code for act in find(words)]


def test_words_that_nothing_answers_find_nothing(alice: Client) -> None:
    assert "Aucun acte ne répond" in page(alice, ACT, {"q": "tapisserie"})
    assert find(" a ") == []


def test_an_act_is_priced_in_one_sentence_with_its_rules(
    alice: Client, cast: Cast, guarantee: Callable[..., Guarantee]
) -> None:
    guarantee("MED", rate=Decimal("1.5"))
    asked = {"person": str(cast.alice.pk), "care_date": "20/10/2026", "coordinated": "yes", "act_price": "50"}
    answer = alice.post(f"{ACT}?acte=G", asked, follow=True)
    said = words_of(answer.content.decode())
    kept = newest()
    assert kept.number.startswith("SIM-2026-")
    assert (kept.scheme_amount, kept.mutual_amount, kept.own_amount) == (19, 24, 7)
    for words in (f"Sur 50,00{NARROW}€, il resterait 7,00{NARROW}€ à votre charge", kept.number, "9 décembre 2026",
                  "La garantie donne une part de la base", kept.engine):  # fmt: skip
        assert words.replace("\xa0", " ") in said.replace("\xa0", " "), words
    assert Entry.objects.filter(action="simulation.made", object_id=str(kept.pk)).exists()


def test_out_of_the_pathway_costs_more(alice: Client, cast: Cast, guarantee: Callable[..., Guarantee]) -> None:
    guarantee("MED")
    asked = {"person": str(cast.alice.pk), "care_date": "20/10/2026", "coordinated": "no", "act_price": "30"}
    alice.post(f"{ACT}?acte=G", asked)
    assert newest().own_amount == Decimal(14)


def test_a_quote_of_glasses_shares_its_ceiling(alice: Client, cast: Cast, guarantee: Callable[..., Guarantee]) -> None:
    guarantee("OPTI", basis="FIXED", rate=None, amount=Decimal(200), annual_cap=Decimal(200), cap_unit="EUR")
    said = words_of(alice.post(OPTICS, {"person": str(cast.alice.pk), **GLASSES}, follow=True).content.decode())
    assert newest().mutual_amount == 200
    assert "Œil droit" in said
    assert "Monture" in said


def test_what_is_half_written_is_shown_again(alice: Client, cast: Cast) -> None:
    asked = {"person": str(cast.alice.pk), **GLASSES, "frame_act": "", "left_price": "", "care_date": "01/10/2026"}
    said = words_of(alice.post(OPTICS, asked).content.decode())
    for words in ("Choisissez l’acte de cette ligne", "Écrivez le prix de cette ligne", "une date à venir"):
        assert words in said
    with isolation.system():
        assert not Simulation.objects.exists()


def test_the_hospital_days_are_priced_by_the_tariff(alice: Client, cast: Cast) -> None:
    asked = {"person": str(cast.alice.pk), "care_date": "20/10/2026", "days_count": "3"}
    alice.post("/adherent/simulation/hospitalisation/", asked)
    assert (newest().expense, newest().own_amount) == (69, 0)


def test_without_cover_that_day_it_says_so(alice: Client, cast: Cast) -> None:
    with isolation.system():
        cast.alice.covers.update(end_date=datetime.date(2026, 10, 15))
    said = words_of(alice.post(OPTICS, {"person": str(cast.alice.pk), **GLASSES}).content.decode())
    assert "Aucun contrat ne couvre cette personne" in said


@pytest.mark.commitment("PDP-1.2")
def test_an_adults_simulations_are_theirs(alice: Client, cast: Cast) -> None:
    samirs = simulation_of(cast.home.samir_account)
    bobs = simulation_of(cast.bob_account)
    ines = simulation_of(cast.alice_account, of=cast.home.ines)
    assert [alice.get(f"{LIST}{pk}/").status_code for pk in (samirs, bobs, ines)] == [404, 404, 200]
    asked = {"person": str(cast.home.samir.pk), **GLASSES}
    assert alice.post(OPTICS, asked).status_code == 200, "the form does not offer him"


def test_what_was_computed_is_never_rewritten(cast: Cast) -> None:
    pk = simulation_of(cast.alice_account)
    with pytest.raises(DatabaseError), transaction.atomic(), isolation.system():
        Simulation.objects.filter(pk=pk).update(mutual_amount=0)


def test_it_stands_beside_what_was_paid(alice: Client, cast: Cast, guarantee: Callable[..., Guarantee]) -> None:
    guarantee("MED")
    pk = simulation_of(cast.alice_account)
    assert "Aucun remboursement de ce type" in page(alice, f"{LIST}{pk}/")
    builders.benefit(cast.alice, care_date=datetime.date(2026, 10, 9))
    assert "au centime près" in page(alice, f"{LIST}{pk}/")
    builders.benefit(cast.alice, care_date=datetime.date(2026, 11, 2), expense="45.00", act_code="CS")
    said = page(alice, f"{LIST}{pk}/", {"start": "01/11/2026", "end": "30/11/2026"})
    assert "Les actes facturés ne sont pas ceux de la simulation" in said or "n’est pas encore venu" in said
    assert "n’est pas encore venu" in page(alice, f"{LIST}{pk}/", {"start": "01/01/2030", "end": "01/02/2030"})


def test_the_pages_cost_the_same_with_one_line_and_with_many(
    alice: Client,
    cast: Cast,
    guarantee: Callable[..., Guarantee],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    guarantee("MED")
    pk = simulation_of(cast.alice_account)
    builders.benefits(cast.alice, 300, last=datetime.date(2026, 10, 9))
    for _ in range(30):
        simulation_of(cast.alice_account)
    for address in (LIST, f"{LIST}{pk}/", OPTICS, f"{ACT}?q=consultation"):
        with django_assert_max_num_queries(12):
            assert alice.get(address).status_code == 200
    assert "Page plus ancienne" in page(alice, LIST)


def test_those_that_held_long_ago_are_forgotten(cast: Cast, october: time_machine.Traveller) -> None:
    simulation_of(cast.alice_account)
    with isolation.system():
        forget_old(datetime.datetime(2028, 12, 1, 4, tzinfo=datetime.UTC))
        assert Simulation.objects.exists()
        forget_old(datetime.datetime(2029, 1, 2, 4, tzinfo=datetime.UTC))
        assert not Simulation.objects.exists()
