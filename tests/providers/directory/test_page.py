"""The directory as the member sees it: places, filters, results, quotas, and what is never kept of a position."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.providers.directory.people import crowd, optician

pytestmark = pytest.mark.django_db

ADDRESS = "/adherent/professionnels/"
MOST_QUERIES = 12


@pytest.fixture
def alice(cast: Cast) -> Client:
    return builders.sign_in(Client(), cast.alice_account)


def page_of(client: Client, **asked: str) -> str:
    response = client.get(ADDRESS, asked)
    assert response.status_code == 200
    return words_of(response.text).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.commitment("CGU-3.11")
def test_the_nearest_approved_professionals_of_a_commune_are_listed_with_their_distance(alice: Client) -> None:
    optician(km=1.26)
    optician(km=3, practice_name="Optique de Keryado", phone="")
    optician(km=0.5, practice_name="Optique du Centre", networks="")
    page = page_of(alice, q="Lorient", profession="Opticien-lunetier")
    assert "L’adresse la plus proche est à 1,3 km de Lorient." in page
    assert page.index("Optique du Port") < page.index("Optique de Keryado")
    assert "Optique du Centre" not in page and "Agréé Kalivia" in page
    assert "Anne Quéré, opticien-lunetier" in page and "4 quai des Indes, 56100 Lorient" in page


@pytest.mark.commitment("CGU-3.11")
def test_the_professionals_outside_the_network_are_a_choice_away(alice: Client) -> None:
    optician(km=0.5, practice_name="Optique du Centre", networks="")
    assert "Optique du Centre" not in page_of(alice, q="56100")
    assert "Optique du Centre" in page_of(alice, q="56100", network="tous")


def test_a_network_whose_name_only_begins_like_ours_is_another(alice: Client) -> None:
    optician(networks="Kalivia Audio")
    assert "Optique du Port" not in page_of(alice, q="Lorient")
    page = page_of(alice, q="Lorient", network="tous")
    assert "Optique du Port" in page and "Agréé Kalivia" not in page


def test_the_phone_and_the_route_are_links(alice: Client) -> None:
    optician(km=1, phone="0297000001")
    body = alice.get(ADDRESS, {"q": "Lorient"}).text
    assert 'href="tel:0297000001"' in body and "02\u00a097\u00a000\u00a000\u00a001" in body
    assert 'href="https://www.openstreetmap.org/directions?to=47.75716%2C-3.37177"' in body
    assert 'rel="noopener noreferrer"' in body


def test_the_map_is_drawn_from_the_list_itself(alice: Client) -> None:
    optician(km=1)
    body = alice.get(ADDRESS, {"q": "Lorient"}).text
    assert 'data-rank="1" data-lat="47.75716" data-lon="-3.37177"' in body


def test_who_has_no_coordinates_is_said_to_be_approximate(alice: Client) -> None:
    optician(latitude=None, longitude=None)
    assert "L’adresse la plus proche est à moins d’un kilomètre de Lorient." in page_of(alice, q="Lorient")
    page = page_of(alice, q="Ploemeur")
    assert "environ 4," in page and "Nous connaissons sa commune, pas l’endroit exact." in page


def test_namesakes_are_offered_with_their_postcode(alice: Client) -> None:
    body = alice.get(ADDRESS, {"q": "saint-denis", "radius": "50"}).text
    assert "Plusieurs communes répondent à ce nom." in body
    assert f"{ADDRESS}?q=Saint-Denis+93200&amp;radius=50" in body
    assert "Personne à moins de 20 km de Saint-Denis" in page_of(alice, q="Saint-Denis 93200")


def test_a_postcode_of_paris_is_its_arrondissement(alice: Client) -> None:
    assert "de Paris 11e Arrondissement" in page_of(alice, q="75011")


@pytest.mark.parametrize("typed", ["Atlantide", "99999", "%", "?!"])
def test_an_unknown_commune_is_said_so(typed: str, alice: Client) -> None:
    assert "Nous ne connaissons pas cette commune." in page_of(alice, q=typed)


def test_an_empty_result_says_what_to_do(alice: Client) -> None:
    optician(km=30)
    response = alice.get(ADDRESS, {"q": "Lorient"})
    page = words_of(response.text).replace("\u00a0", " ")
    assert "Personne à moins de 20 km de Lorient." in page and "Chercher jusqu’à 50 km" in page
    assert f'href="{ADDRESS}?q=Lorient&amp;radius=50"' in response.text
    assert f'href="{ADDRESS}?q=Lorient&amp;network=tous&amp;radius=20"' in response.text


def test_what_cannot_be_read_is_refused_in_words(alice: Client) -> None:
    for asked in (
        {"lat": "x", "lon": "1"},
        {"lat": "47"},
        {"lat": "nan", "lon": "1"},
        {"radius": "7"},
        {"page": "6", "q": "Lorient"},
    ):
        assert "Cette recherche n’a pas pu être lue." in page_of(alice, **asked)


@pytest.mark.commitment("CGU-6.4")
def test_the_list_stops_at_a_hundred_addresses(alice: Client) -> None:
    for number in range(101):
        optician(km=0.1 + number / 100, practice_name=f"Optique {number:03}")
    first = alice.get(ADDRESS, {"q": "Lorient"}).text
    assert "Optique 019" in first and "Optique 020" not in first and "page=2" in first
    last = page_of(alice, q="Lorient", page="5")
    assert "Optique 099" in last and "Optique 100" not in last
    assert "La liste s’arrête aux 100 adresses les plus proches." in last


@pytest.mark.commitment("CGU-6.4")
def test_too_many_searches_must_wait(alice: Client) -> None:
    cache.clear()
    for _ in range(60):
        assert alice.get(ADDRESS, {"q": "Atlantide"}).status_code == 200
    refused = alice.get(ADDRESS, {"q": "Lorient"})
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    assert alice.get(ADDRESS).status_code == 200


@pytest.mark.commitment("CGU-3.11", "CGU-8.1")
def test_a_position_is_used_once_and_kept_nowhere(alice: Client, caplog: pytest.LogCaptureFixture) -> None:
    optician(km=1.04)
    with caplog.at_level(logging.DEBUG):
        response = alice.post(ADDRESS, {"lat": "47.74891", "lon": "-3.37654", "network": ""})
    page = words_of(response.text).replace("\u00a0", " ")
    assert "L’adresse la plus proche est à 1,0 km de vous." in page
    entry = Entry.objects.get(action="directory.searched")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(entry)::text FROM privacy_entry entry WHERE id = %s", [entry.pk])
        (journal,) = cursor.fetchone()
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    sessions = "".join(str(session.get_decoded()) for session in Session.objects.all())
    for kept in (journal, logged, sessions, response.text, str(dict(response.headers)), str(alice.cookies)):
        assert "47.748" not in kept and "3.376" not in kept
    assert "Votre position n’est demandée qu’à votre clic" in page


def test_outside_tools_may_give_a_position_in_the_address(alice: Client) -> None:
    optician(km=1)
    assert "de vous" in page_of(alice, lat="47.74817", lon="-3.37177")


@pytest.mark.commitment("CGU-3.11")
def test_the_position_may_be_asked_on_this_page_alone(alice: Client) -> None:
    assert "geolocation=(self)" in alice.get(ADDRESS)["Permissions-Policy"]
    assert "geolocation=()" in alice.get("/adherent/")["Permissions-Policy"]


def test_images_of_a_tile_server_are_allowed_on_this_page_alone(alice: Client) -> None:
    with override_settings(MAP_TILES="https://tiles.example.org/{z}/{x}/{y}.png", MAP_TILES_CREDIT="Les auteurs"):
        assert "https://tiles.example.org" in alice.get(ADDRESS)["Content-Security-Policy"]
        assert "tiles.example.org" not in alice.get("/adherent/")["Content-Security-Policy"]
    policy = alice.get(ADDRESS)["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy and "tiles" not in policy


def test_communes_are_suggested_while_one_types(alice: Client) -> None:
    assert alice.get(f"{ADDRESS}communes/", {"q": "lorien"}).json()["places"][0] == "Lorient 56100"
    assert alice.get(f"{ADDRESS}communes/", {"q": ""}).json() == {"places": []}


def test_the_sources_are_named(alice: Client) -> None:
    page = page_of(alice)
    assert "Etalab, Licence Ouverte 2.0" in page and "GeoNames, CC BY 4.0" in page


def test_the_queries_do_not_depend_on_how_many_professionals_there_are(alice: Client) -> None:
    counts = []
    for size in (10, 10_000):
        crowd(size, seed=size)
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(ADDRESS, {"q": "Vannes", "network": "tous", "radius": "100"}).status_code == 200
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= MOST_QUERIES
