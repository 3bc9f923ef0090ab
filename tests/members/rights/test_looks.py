"""« Qui a vérifié mes droits » : who reads which looks."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.households.models import Person
from members.rights.models import RightsLook
from portals.access import isolation
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.usefixtures("october"), pytest.mark.commitment("CGU-3.24", "PDP-7.3")]

ADDRESS = "/adherent/carte/verifications/"


def look(person: Person, name: str, **fields: object) -> RightsLook:
    with isolation.system():
        return RightsLook.objects.create(
            **{
                "household": person.household, "person": person, "on_day": datetime.date(2026, 10, 8),
                "reference": "V-261008-0042", "practice_name": name, "profession": "Opticien", "place": "Lorient",
                **fields,
            }
        )  # fmt: skip


@pytest.fixture
def everybody_s(cast: Cast) -> Cast:
    home = cast.home
    for person in (home.alice, home.samir, home.lina, home.ines, cast.bob):
        look(person, f"Optique de {person.given_names}")
    return cast


def page(client: Client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return words_of(response.content.decode())


def test_the_member_reads_their_own_and_their_young_child_s(everybody_s: Cast, alice: Client) -> None:
    words = page(alice)
    assert "Optique de Alice" in words and "Optique de Inès" in words
    assert "Carte pour Inès, soins du 8\u00a0octobre\u00a02026. Réponse n°\u00a0V-261008-0042." in words
    assert not [name for name in ("Samir", "Lina", "Bob") if f"Optique de {name}" in words]


def test_the_husband_reads_his_own_alone(everybody_s: Cast, client: Client) -> None:
    words = page(builders.sign_in(client, everybody_s.home.samir_account))
    assert "Optique de Samir" in words
    assert not [name for name in ("Alice", "Lina", "Inès", "Bob") if f"Optique de {name}" in words]


def test_nobody_asked(alice: Client) -> None:
    assert "Personne n’a vérifié vos droits." in page(alice)


def test_the_card_leads_to_it(alice: Client) -> None:
    assert f'href="{ADDRESS}"' in alice.get("/adherent/carte/").content.decode()


def test_the_application_changes_and_deletes_no_look(cast: Cast) -> None:
    kept = look(cast.alice, "Optique du Port")
    for change in (kept.delete, kept.save):
        with pytest.raises(DatabaseError), transaction.atomic(), isolation.system():
            change()


def test_no_household_sees_another_s(everybody_s: Cast) -> None:
    with isolation.tenant("adherent", everybody_s.bob.household_id):
        assert list(RightsLook.objects.values_list("person", flat=True)) == [everybody_s.bob.pk]
    assert not RightsLook.objects.exists()


def test_the_page_costs_as_much_with_one_look_as_with_hundreds(cast: Cast, alice: Client) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            page(alice)
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
        for _ in range(120):
            look(cast.alice, "Optique du Port")
    assert counts[0] == counts[1] <= 12
    assert page(alice).count("Réponse n°") == 100
