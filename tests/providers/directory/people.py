"""Professionals around Lorient, for the tests of the directory."""

from random import Random
from typing import Any

from django.db import connection

from providers.agreements.models import Professional
from tests import builders

LORIENT = (47.74817, -3.37177)
NORTH_1_KM = 1 / 111.195
"""Degrees of latitude."""
TRADES = (
    ("Médecin", "Médecine générale", 33), ("Médecin", "Cardiologie", 3), ("Infirmier", "", 25),
    ("Masseur-kinésithérapeute", "", 18), ("Chirurgien-dentiste", "", 10), ("Pharmacien", "", 8),
    ("Opticien-lunetier", "", 4), ("Audioprothésiste", "", 1),
)  # fmt: skip
IN_NETWORK = {"Opticien-lunetier", "Audioprothésiste", "Chirurgien-dentiste"}


def optician(*, km: float = 1.0, **fields: Any) -> Professional:
    """An approved optician so many kilometres north of Lorient."""
    chosen = {
        "profession": "Opticien-lunetier",
        "practice_name": "Optique du Port",
        "street": "4 quai des Indes",
        "phone": "02 97 00 00 01",
        "latitude": round(LORIENT[0] + km * NORTH_1_KM, 6),
        "longitude": LORIENT[1],
        "networks": "Kalivia",
    }
    return builders.professional(**{**chosen, **fields})


def crowd(count: int, *, seed: int = 1, without_point: float = 0.02) -> None:
    """So many professionals, where people live, by COPY. Whoever looks at plans has the owner ANALYZE afterwards."""
    rng = Random(seed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, postcodes[1], name, population, latitude, longitude FROM providers_place"
            " WHERE latitude IS NOT NULL AND population > 0 AND name NOT IN ('Paris', 'Lyon', 'Marseille') ORDER BY code"
        )
        places = cursor.fetchall()
        weights = [trade[2] for trade in TRADES]
        chosen = zip(
            rng.choices(places, [place[3] for place in places], k=count),
            rng.choices(TRADES, weights, k=count),
            strict=True,
        )
        columns = (
            "professional_ref, rpps, finess, am_number, profession, specialty, family_name, given_name, practice_name,"
            " street, postcode, city_code, city, phone, latitude, longitude, networks"
        )
        with cursor.copy(f"COPY providers_professional ({columns}) FROM STDIN") as copy:
            for number, (place, trade) in enumerate(chosen):
                code, postcode, name, _, latitude, longitude = place
                point = (round(latitude + rng.gauss(0, 0.02), 5), round(longitude + rng.gauss(0, 0.03), 5))
                network = "Kalivia" if trade[0] in IN_NETWORK and rng.random() < 0.7 else ""
                copy.write_row((
                    f"CROWD{seed}-{number}", "", "", "", trade[0], trade[1], f"Nom {number}", "", "", "", postcode, code,
                    name, "", *((None, None) if rng.random() < without_point else point), network,
                ))  # fmt: skip
