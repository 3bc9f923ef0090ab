"""Who is near: exactly, by the index, and always up to date with what the feed says."""

import json
from random import Random

import psycopg
import pytest
from django.db import connection

from providers.agreements.models import Professional
from providers.directory.models import Listing
from providers.directory.nearest import Wish, nearest, statement
from providers.directory.queries import trades
from providers.directory.rules import distance_km
from tests import builders
from tests.providers.directory.people import LORIENT, crowd, optician

pytestmark = pytest.mark.django_db

WISHES: tuple[dict[str, str], ...] = (
    {}, {"network": "Kalivia"}, {"profession": "Médecin"}, {"profession": "Médecin", "specialty": "Cardiologie"},
    {"profession": "Audioprothésiste", "network": "Kalivia"}, {"profession": "Médecin", "network": "Kalivia"},
)  # fmt: skip


def suits(row: Listing, wish: Wish) -> bool:
    return (
        wish.profession in ("", row.profession)
        and wish.specialty in ("", row.specialty)
        and (not wish.network or wish.network.lower() in row.networks)
    )


def test_the_nearest_are_exactly_those_that_measuring_everybody_finds() -> None:
    crowd(3_000)
    rows = list(Listing.objects.all())
    rng = Random(7)
    for place in [LORIENT, (51.0, 2.4), (43.0, 2.9), (-21.1, 55.5), (48.85, 2.35)]:
        for filters in WISHES:
            wish = Wish(place, rng.choice([20, 50, 100]), **filters)
            measured = sorted(
                (distance_km(place, (row.latitude, row.longitude)), row.professional_id)
                for row in rows if suits(row, wish)
            )  # fmt: skip
            expected = [pair for pair in measured if pair[0] <= wish.radius_km][:20]
            found = nearest(wish, 20)
            assert [one.professional_id for one in found] == [person for _, person in expected]
            assert [one.km for one in found] == pytest.approx([km for km, _ in expected], abs=1e-6)


def test_a_radius_holds_to_the_metre() -> None:
    inside, outside = optician(km=4.999), optician(km=5.002)
    found = {one.professional_id for one in nearest(Wish(LORIENT, 5), 20)}
    assert inside.pk in found and outside.pk not in found


@pytest.mark.slow
def test_the_index_of_the_nearest_is_read_in_order_and_never_the_table(
    owner_connection: psycopg.Connection, transactional_db: None
) -> None:
    """Twenty thousand rows are all in the planner's sample: the next best plan costs sixty times as much."""
    crowd(20_000)
    owner_connection.execute("ANALYZE providers_listing")  # `app` may not, and PostgreSQL then only warns
    for filters in WISHES:
        sql, parameters = statement(Wish(LORIENT, 20, **filters), 21)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
            (plan,) = cursor.fetchone()
        nodes = list(every_node((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
        scans = [node for node in nodes if node.get("Relation Name") == "providers_listing"]
        assert len(scans) == 2, filters
        assert all(str(scan.get("Index Name")).startswith("listing_nearest") for scan in scans), filters
        assert "Order By" in scans[0], filters


def every_node(plan: dict[str, object]) -> list[dict[str, object]]:
    below = plan.get("Plans", [])
    assert isinstance(below, list)
    return [plan, *(node for one in below for node in every_node(one))]


def test_without_coordinates_a_professional_stands_in_their_commune() -> None:
    by_code = builders.professional(city_code="56121", postcode="99999", city="Ailleurs")
    by_postcode = builders.professional(postcode="56100", city="LORIENT")
    cedex = builders.professional(postcode="56321", city="Lorient Cedex 3")
    nowhere = builders.professional(postcode="00000", city="Atlantide")
    for professional in (by_code, by_postcode, cedex):
        listing = Listing.objects.get(professional=professional)
        assert listing.is_approximate and (listing.latitude, listing.longitude) == LORIENT
    assert not Listing.objects.filter(professional=nowhere).exists()


def test_among_the_communes_of_a_postcode_the_name_decides() -> None:
    professional = builders.professional(postcode="56270", city="PLOEMEUR")
    assert Listing.objects.get(professional=professional).latitude == pytest.approx(47.735, abs=0.01)


def test_what_the_feed_changes_is_found_changed() -> None:
    moved = optician(km=1)
    Professional.objects.filter(pk=moved.pk).update(latitude=None, longitude=None, networks="Kalivia ; Autre")
    listing = Listing.objects.get(professional=moved)
    assert listing.is_approximate and listing.networks == ["kalivia", "autre"] and listing.in_network
    Professional.objects.filter(pk=moved.pk).update(postcode="00000", city="Atlantide")
    assert not Listing.objects.filter(professional=moved).exists()
    gone = optician(km=2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM providers_professional WHERE id = %s", [gone.pk])
    assert not Listing.objects.filter(pk=gone.pk).exists()


def test_each_trade_is_listed_once() -> None:
    for specialty in ("", "Cardiologie", "Cardiologie"):
        builders.professional(profession="Médecin", specialty=specialty)
    optician()
    assert trades() == [("Médecin", ""), ("Médecin", "Cardiologie"), ("Opticien-lunetier", "")]
