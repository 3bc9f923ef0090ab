"""Distances, how they are said, and the names of communes."""

import pytest

from providers.directory.naming import folded, parted
from providers.directory.rules import distance_km, in_kilometres, of_place

PARIS, LYON = (48.8566, 2.3522), (45.7640, 4.8357)


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(PARIS, LYON) == pytest.approx(391.5, abs=0.1)
    assert distance_km(PARIS, PARIS) == 0
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(
    ("km", "said"),
    [(0.0, "moins de 100\u00a0m"), (0.1, "0,1\u00a0km"), (1.25, "1,2\u00a0km"), (12.06, "12,1\u00a0km")],
)
def test_a_distance_is_said_in_kilometres_with_one_decimal(km: float, said: str) -> None:
    assert in_kilometres(km) == said


@pytest.mark.parametrize("written", ["Saint-Brieuc", "ST BRIEUC", "st. brieuc", " saint  brieuc "])
def test_a_commune_has_one_name_however_it_is_written(written: str) -> None:
    assert folded(written) == "saint brieuc"


@pytest.mark.parametrize(
    ("typed", "name", "postcode"),
    [
        ("Lorient 56100", "lorient", "56100"),
        ("56100", "", "56100"),
        ("L’Haÿ-les-Roses", "l hay les roses", ""),
        ("Ste-Œuvre", "sainte oeuvre", ""),
        ("?!", "", ""),
    ],
)
def test_what_is_typed_is_a_name_a_postcode_or_both(typed: str, name: str, postcode: str) -> None:
    assert parted(typed) == (name, postcode)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lorient", "de Lorient"), ("Angers", "d’Angers"), ("Évry", "d’Évry"), ("Le Havre", "du Havre"),
        ("Les Ulis", "des Ulis"), ("La Rochelle", "de La Rochelle"), ("L’Isle", "de L’Isle"),
    ],
)  # fmt: skip
def test_a_commune_is_named_in_good_french(name: str, said: str) -> None:
    assert of_place(name) == said
