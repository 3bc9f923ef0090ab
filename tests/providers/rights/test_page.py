"""Verifying rights at the counter: who may, what is answered, and what is not."""

import dataclasses
import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.card.models import Card
from members.coverage.models import Cover
from members.rights.answering import CoveredPerson, RightsCard
from members.rights.models import RightsLook
from portals.access import isolation
from portals.presentation.formats import NBSP
from privacy.audit.models import Entry
from providers.agreements.models import Agreement
from tests import builders
from tests.cast import Cast
from tests.members.card.objects import content
from tests.providers.rights.counter import ADDRESS, answer_of, ask, heading_of, lookups

pytestmark = pytest.mark.commitment("CGU-3.24")
MOST_QUERIES_TO_ASK = 40


def given_out(cast: Cast, client: Client, **choice: object) -> Card:
    """A card of Alice's household, given out in her space."""
    alice = builders.sign_in(Client(), cast.alice_account)
    assert alice.post("/adherent/carte/etablir/", choice).status_code == 302
    with isolation.system():
        return Card.objects.latest("id")


def test_the_answer_is_a_closed_list_of_what_the_card_prints() -> None:
    assert [field.name for field in dataclasses.fields(RightsCard)] == [
        "valid_from", "valid_to", "amc_number", "conventions", "csr", "member_number", "responsible", "persons",
        "domains", "cells", "footnote",
    ]  # fmt: skip
    assert [field.name for field in dataclasses.fields(CoveredPerson)] == [
        "given_names", "family_name", "birth_date", "birth_rank",
    ]  # fmt: skip


def test_the_right_number_and_date_show_the_card_of_that_person_alone(cast: Cast, counter: Client) -> None:
    response = ask(counter, cast.home.ines)
    assert response.status_code == 200
    assert heading_of(response) == f"Oui, les droits d’Inès Benali sont ouverts le 9{NBSP}octobre{NBSP}2026."
    words = answer_of(response)
    for said in (
        "Période de validité 01/01/2026 – 31/12/2026", f"N°{NBSP}AMC 0009914587", f"N°{NBSP}adhérent 48217736",
        f"Inès BENALI20/05/2016, rang{NBSP}1", f"KA{NBSP}PEC", "Réponse n°", "V-261009-0001",
    ):  # fmt: skip
        assert said in words
    whole = response.content.decode()
    for private in ("Alice", "Samir", "Lina", "Détartrage", cast.alice.email, "SA48217736"):
        assert private not in whole


def test_eight_figures_in_a_row_are_a_date(cast: Cast, counter: Client) -> None:
    assert heading_of(ask(counter, cast.home.ines, birth_date="20052016", day="09102026")).startswith("Oui")


@pytest.mark.parametrize(
    "typed",
    [
        {"member_number": "99999999"},
        {"birth_date": "21/05/2016"},
        {"day": "01/02/2025"},
        {"birth_rank": "2"},
    ],
    ids=["unknown number", "another date", "before the cover", "another rank"],
)
def test_a_miss_says_the_same_whatever_is_wrong(cast: Cast, counter: Client, typed: dict[str, str]) -> None:
    with isolation.system():
        Cover.objects.filter(person=cast.home.ines).update(start_date=datetime.date(2025, 6, 1))
    day = typed.get("day", "09/10/2026")
    missed, other = (
        ask(counter, cast.home.ines, **typed),
        ask(counter, member_number="123", birth_date="1/1/1990", day=day),
    )
    assert heading_of(missed).startswith("Non, nous ne confirmons pas de droits")
    assert re.sub(r"V-\d+-\d+", "", answer_of(missed)) == re.sub(r"V-\d+-\d+", "", answer_of(other))


def test_twins_are_told_apart_by_their_rank_and_are_nobody_without_it(cast: Cast, counter: Client) -> None:
    ines = cast.home.ines
    twin = builders.person(
        ines.household, role="child", family_name="Benali", given_names="Yanis", birth_date=ines.birth_date,
        birth_rank=2,
    )  # fmt: skip
    with isolation.system():
        builders.cover(Cover.objects.get(person=ines).policy, twin)
    assert heading_of(ask(counter, ines)).startswith("Non")
    assert "de Yanis Benali" in heading_of(ask(counter, ines, birth_rank="2"))


def test_the_datamatrix_and_the_signed_code_show_what_their_card_shows(cast: Cast, counter: Client) -> None:
    card = given_out(cast, counter)
    assert "des 4\u00a0personnes de la carte" in heading_of(ask(counter, scan=card.payload))
    routing = "|".join(
        ("CTP1", "0009914587", "OC,KA", "E2M", "48217736", "20260101", "20261231", card.number)
    )  # fmt: skip
    words = answer_of(ask(counter, member_number=routing))
    for name in ("Alice LE GOFF", "Samir BENALI", "Lina BENALI", "Inès BENALI"):
        assert name in words


def test_a_card_of_one_person_shows_that_person(cast: Cast, counter: Client) -> None:
    card = given_out(cast, counter, person=cast.home.samir.pk)
    words = answer_of(ask(counter, scan=card.payload))
    assert "Samir BENALI" in words and "LE GOFF" not in words


def test_a_card_played_again_after_its_end_is_a_miss(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    card = given_out(cast, counter)
    with isolation.system():
        Card.objects.filter(pk=card.pk).update(revoked_at="2026-10-09T09:00Z", revoked_for="other")
    assert heading_of(ask(counter, scan=card.payload)).startswith("Non")
    with isolation.system():
        Card.objects.filter(pk=card.pk).update(revoked_at=None, revoked_for="")
        Cover.objects.filter(household=cast.alice.household_id).update(end_date=datetime.date(2026, 10, 8))
    assert heading_of(ask(counter, scan=card.payload)).startswith("Non")
    with isolation.system():
        Cover.objects.filter(household=cast.alice.household_id).update(end_date=None)
    clock.move_to(datetime.datetime(2027, 1, 4, 10, tzinfo=datetime.UTC))
    builders.sign_in(counter, cast.professional_account)
    assert heading_of(ask(counter, scan=card.payload, day="04/01/2027")).startswith("Non")
    assert heading_of(ask(counter, scan=card.payload, day="20/12/2026")).startswith("Oui")


def test_a_code_that_we_did_not_sign_is_a_miss_and_another_text_is_no_question(cast: Cast, counter: Client) -> None:
    card = given_out(cast, counter)
    middle = len(card.payload) // 2
    changed = card.payload[:middle] + ("A" if card.payload[middle] != "A" else "B") + card.payload[middle + 1 :]
    assert heading_of(ask(counter, scan=changed)).startswith("Non")
    before = len(lookups())
    response = ask(counter, scan="https://example.org/")
    assert "n’est pas celui d’une de nos cartes" in response.content.decode()
    assert len(lookups()) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"member_number": ""}, "Écrivez le n°\u00a0adhérent, ou scannez la carte."),
        ({"birth_date": ""}, "Écrivez la date de naissance du patient."),
        ({"birth_date": "31/02/2016"}, "Cette date n’existe pas"),
        ({"day": "09/10/2023"}, "Ces soins datent de plus de deux ans."),
        ({"day": "09/01/2027"}, "Choisissez une date à moins de deux mois."),
    ],
)
def test_what_cannot_be_read_is_said_and_asks_nothing(
    cast: Cast, counter: Client, typed: dict[str, str], words: str
) -> None:
    assert words in ask(counter, cast.home.ines, **typed).content.decode()
    assert lookups() == []


def test_nothing_of_the_patient_is_kept_and_the_last_references_name_nobody(cast: Cast, counter: Client) -> None:
    ask(counter, cast.home.ines)
    ask(counter, cast.home.ines, birth_date="01/01/2016")
    found, missed = lookups()
    assert (found.reference, found.found, missed.found) == ("V-261009-0001", True, False)
    assert bytes(found.number_key) == bytes(missed.number_key) and b"48217736" not in bytes(found.number_key)
    page = counter.get(ADDRESS).content.decode()
    assert "V-261009-0002" in page and "2 vérifications aujourd’hui sur 300" in page
    assert "Benali" not in page and "48217736" not in page


@pytest.mark.commitment("PDP-7.3")
def test_each_question_is_in_the_journal_by_ids_alone(cast: Cast, counter: Client) -> None:
    ask(counter, cast.home.ines)
    ask(counter, cast.home.ines, birth_date="01/01/2016")
    found, missed = Entry.objects.filter(action="rights.looked_up").order_by("id")
    assert (found.account_id, found.object_kind) == (cast.professional_account.pk, "household")
    assert (found.object_id, missed.object_id) == (str(cast.alice.household_id), "")
    assert found.details == {"reference": "V-261009-0001", "found": 1, "scanned": 0}


def test_a_miss_tells_nobody_and_a_hit_is_told_to_the_person(cast: Cast, counter: Client) -> None:
    ask(counter, cast.home.ines, birth_date="01/01/2016")
    with isolation.system():
        assert not RightsLook.objects.exists()
    ask(counter, cast.home.ines)
    with isolation.system():
        look = RightsLook.objects.get()
    assert (look.person_id, look.practice_name, look.profession, look.place) == (
        cast.home.ines.pk, "Anne Quéré", "Chirurgien-dentiste", "Lorient",
    )  # fmt: skip


def test_the_page_is_closed_in_the_read_only_years_and_without_an_agreement(cast: Cast, counter: Client) -> None:
    with isolation.system():
        Agreement.objects.filter(professional=cast.professional).update(end_date=datetime.date(2026, 10, 8))
    assert counter.get(ADDRESS).status_code == ask(counter, cast.home.ines).status_code == 403
    grant = cast.professional_account.grants.get()
    grant.ended_on, grant.closes_on = datetime.date(2026, 10, 8), datetime.date(2028, 10, 8)
    grant.save()
    assert counter.get(ADDRESS).status_code == ask(counter, cast.home.ines).status_code == 403
    assert lookups() == []


def test_no_second_factor_no_question(cast: Cast, client: Client) -> None:
    client.force_login(cast.professional_account)
    response = ask(client, cast.home.ines)
    assert response.status_code == 302 and lookups() == []


@pytest.mark.parametrize("who", ["alice_account", "company_account"])
def test_another_space_has_no_such_page(cast: Cast, client: Client, who: str) -> None:
    builders.sign_in(client, getattr(cast, who))
    assert client.get(ADDRESS).status_code == 404


def test_the_camera_may_be_asked_for_on_this_page_alone(counter: Client) -> None:
    assert "camera=(self)" in counter.get(ADDRESS)["Permissions-Policy"]
    assert "camera=()" in counter.get("/professionnel/")["Permissions-Policy"]


def test_the_page_asks_the_database_as_often_whatever_was_asked_before(cast: Cast, counter: Client) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert counter.get(ADDRESS).status_code == 200
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
        for _ in range(8):
            ask(counter, cast.home.ines)
    assert counts[0] == counts[1] <= 12


def test_a_hit_and_a_miss_ask_the_database_the_same_questions(cast: Cast, counter: Client) -> None:
    shapes = []
    ask(counter, cast.home.ines)
    for typed in ({}, {"member_number": "1"}, {"birth_date": "01/01/1990"}, {"day": "09/01/2025"}):
        with CaptureQueriesContext(connection) as captured:
            ask(counter, cast.home.ines, **typed)
        tables = [re.findall(r'"?(?:FROM|INTO|UPDATE) "?(\w+)', query["sql"]) for query in captured]
        shapes.append([found for found in tables if found])
    assert shapes[1:] == shapes[:1] * 3


def test_the_specimen_is_never_shown(cast: Cast, counter: Client) -> None:
    assert "Spécimen" not in ask(counter, cast.home.ines, birth_date="01/01/1990").content.decode()
    assert content().member_number not in ask(counter).content.decode()
