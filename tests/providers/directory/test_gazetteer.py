"""Joining communes and points: whose point it is, and how many communes have one."""

import csv
import gzip

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from providers.directory import gazetteer, loading
from providers.directory.gazetteer import BY_GROUP, BY_NAME, BY_POSTCODE, WITHOUT, City, Commune
from providers.directory.models import Place
from providers.directory.naming import folded
from providers.directory.rules import northing

BRITTANY = "53"


def commune(code: str, name: str, *, postcode: str, population: int = 1000, group: str = "") -> Commune:
    return Commune(code, name, code[:2], BRITTANY, (postcode,), population, group)


def city(name: str, latitude: float, longitude: float, population: int = 1000) -> City:
    return City(BRITTANY, frozenset({folded(name)}), population, (latitude, longitude))


def located(*communes: Commune, cities: list[City], merged: dict[str, set[str]] | None = None) -> dict[str, Commune]:
    return {place.code: place for place in gazetteer.located(communes, merged or {}, cities)}


def test_a_commune_has_the_point_of_the_place_of_its_name_and_region() -> None:
    elsewhere = City("93", frozenset({"lorient"}), 1000, (43.0, 5.0))
    found = located(commune("56121", "Lorient", postcode="56100"), cities=[elsewhere, city("LORIENT", 47.7, -3.4)])
    assert (found["56121"].point, found["56121"].source) == ((47.7, -3.4), BY_NAME)


def test_namesakes_of_a_region_are_told_apart_by_their_population() -> None:
    large, small = city("Plouray", 48.1, -3.4, 9000), city("Plouray", 48.6, -2.1, 300)
    found = located(
        commune("56170", "Plouray", postcode="56770", population=8500),
        commune("35999", "Plouray", postcode="35999", population=310),
        cities=[small, large],
    )
    assert found["56170"].point == large.point and found["35999"].point == small.point


def test_a_place_is_given_once_and_the_other_namesake_looks_around_itself() -> None:
    found = located(
        commune("56001", "Plouray", postcode="56770", population=900),
        commune("35002", "Plouray", postcode="35100", population=20),
        commune("35003", "Rance", postcode="35100"),
        cities=[city("Plouray", 48.1, -3.4), city("Rance", 48.5, -2.0)],
    )
    assert found["35002"].point == (48.5, -2.0)
    assert found["35002"].source == BY_POSTCODE


def test_a_merged_commune_lends_its_name() -> None:
    found = located(
        commune("56144", "Évellys", postcode="56500"),
        cities=[city("Naizin", 47.99, -2.83)],
        merged={"56144": {"naizin"}},
    )
    assert found["56144"].point == (47.99, -2.83)


def test_a_point_far_from_its_department_is_dropped() -> None:
    near = [commune(f"5600{n}", f"Ker{n}", postcode="56300") for n in range(5)]
    cities = [city(f"Ker{n}", 47.7 + n / 100, -3.0) for n in range(5)]
    found = located(*near, commune("56099", "Loin", postcode="56999"), cities=[*cities, city("Loin", 48.5, 1.5)])
    assert (found["56099"].point, found["56099"].source) == (None, WITHOUT)


def test_the_last_resort_is_the_largest_commune_of_the_group() -> None:
    found = located(
        commune("56121", "Lorient", postcode="56100", population=58_000, group="200042174"),
        commune("56999", "Hameau", postcode="56999", group="200042174"),
        cities=[city("Lorient", 47.7, -3.4)],
    )
    assert (found["56999"].point, found["56999"].source) == ((47.7, -3.4), BY_GROUP)


def test_missing_packages_are_named(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(gazetteer.SourcesMissing, match=r"communes\.json"):
        gazetteer.read_communes(Path(str(tmp_path)))


@pytest.mark.django_db
def test_nearly_every_commune_has_a_point() -> None:
    with gzip.open(settings.PLACES_TABLE, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 34_900
    with_point = sum(1 for row in rows if row["source"])
    of_their_own = sum(int(row["population"]) for row in rows if row["source"] == BY_NAME)
    assert with_point / len(rows) >= 0.96
    assert of_their_own / sum(int(row["population"]) for row in rows) >= 0.85
    assert Place.objects.count() == len(rows)
    lorient = Place.objects.get(code="56121")
    assert (lorient.name, lorient.postcodes) == ("Lorient", ["56100"])
    assert (lorient.latitude, lorient.longitude) == (pytest.approx(47.748, abs=0.01), pytest.approx(-3.37, abs=0.01))


@pytest.mark.django_db
def test_the_database_folds_names_and_draws_the_plane_as_we_do() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM providers_place WHERE directory_folded(name) <> search_name")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT directory_northing(47.748), directory_northing(-21)")
        assert cursor.fetchone() == (pytest.approx(northing(47.748)), pytest.approx(northing(-21)))


@pytest.mark.django_db
def test_loading_again_leaves_the_same_places() -> None:
    before = Place.objects.count()
    Place.objects.filter(code="56121").update(name="Ailleurs")
    assert loading.load(connection, settings.PLACES_TABLE, settings.COMMUNES) == before
    assert Place.objects.get(code="56121").name == "Lorient"


@pytest.mark.django_db
def test_the_command_says_how_many_it_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places")
    assert capsys.readouterr().out.startswith("35")
