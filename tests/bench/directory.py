"""P10: the nearest of 300 000 professionals, with and without filters, against 15 ms of SQL."""

import json
import statistics
from random import Random

from django.db import connection, connections, transaction

from portals.access import isolation
from providers.directory.nearest import Wish, statement
from providers.directory.rules import RADII_KM
from tests.bench.rows import Row, Scale, seconds
from tests.providers.directory.people import crowd

MOST_SECONDS = 0.015
WANTED = 21
PROFESSIONALS = {"smoke": 10_000, "full": 300_000}
FILTERS: tuple[dict[str, str], ...] = (
    {"network": "Kalivia"}, {}, {"profession": "Médecin"}, {"profession": "Médecin", "specialty": "Cardiologie"},
    {"profession": "Opticien-lunetier", "network": "Kalivia"}, {"profession": "Audioprothésiste", "network": "Kalivia"},
    {"profession": "Médecin", "network": "Kalivia"},
)  # fmt: skip
LIVED_IN = """SELECT latitude, longitude, population FROM providers_place
    WHERE latitude IS NOT NULL AND population > 0 AND name NOT IN ('Paris', 'Lyon', 'Marseille') ORDER BY code"""


def p10(scale: Scale) -> list[Row]:
    """The 95th centile of searches from where people live; no plan reads a table from end to end."""
    count = PROFESSIONALS[scale.name]
    with isolation.system():
        crowd(count, seed=10)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE providers_listing")
        cursor.execute("ANALYZE providers_professional")
    rng = Random(10)
    with connection.cursor() as cursor:
        cursor.execute(LIVED_IN)
        places = cursor.fetchall()
    asked = [
        Wish((latitude, longitude), rng.choice(RADII_KM), **rng.choice(FILTERS))
        for latitude, longitude, _ in rng.choices(places, [place[2] for place in places], k=max(100, scale.requests))
    ]
    for wish in asked:
        refuse_sequential_scan(wish)
    times = [seconds(lambda wish=wish: run(wish)) for wish in asked]  # type: ignore[misc]  # a default argument of a lambda
    worst = statistics.quantiles(times, n=20)[-1]
    note = f"{count:,} professionals, median {statistics.median(times) * 1000:.1f} ms, no sequential scan"
    return [Row("P10", "nearest professionals, p95 of the SQL", worst, MOST_SECONDS, 1.0, note=note)]


def run(wish: Wish) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*statement(wish, WANTED))
        cursor.fetchall()


def refuse_sequential_scan(wish: Wish) -> None:
    sql, parameters = statement(wish, WANTED)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        (plan,) = cursor.fetchone()
    assert "Seq Scan" not in json.dumps(plan), wish
