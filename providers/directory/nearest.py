"""The nearest professionals around a point, exactly.

The index knows the plane, not the globe: the first step asks it for as many neighbours as are wanted and measures how
far the farthest is on the globe; the second takes everybody within that reach, and sorts by true distance. Whatever the
plane got wrong, nobody nearer can be missing.
"""

from dataclasses import dataclass

from django.db import connection

from providers.directory.rules import EARTH_KM, Point

# A circle on Mercator's plane that holds the one of `km` on the globe: the scale there is that of its end farthest from
# the equator. The margin is for roundings only.
CIRCLE = """circle(point(%(longitude)s, directory_northing(%(latitude)s)),
    degrees({km} / %(earth)s) / cos(radians(least(85, abs(%(latitude)s) + degrees({km} / %(earth)s)))) * 1.0001 + 1e-9)"""
NEAREST = """
WITH reach AS MATERIALIZED (
    SELECT max(km) AS km FROM (
        SELECT directory_km(%(latitude)s, %(longitude)s, latitude, longitude) AS km
        FROM providers_listing
        WHERE point(x, y) <@ {whole} AND {filters}
        ORDER BY point(x, y) <-> point(%(longitude)s, directory_northing(%(latitude)s))
        LIMIT %(wanted)s
    ) neighbours
)
SELECT professional_id, latitude, longitude, is_approximate, networks, found.km
FROM reach
CROSS JOIN LATERAL (
    SELECT professional_id, latitude, longitude, is_approximate, networks,
        directory_km(%(latitude)s, %(longitude)s, latitude, longitude) AS km
    FROM providers_listing
    WHERE point(x, y) <@ {reached} AND {filters}
) found
WHERE found.km <= reach.km AND found.km <= %(radius)s
ORDER BY found.km, professional_id
LIMIT %(wanted)s
"""


@dataclass(frozen=True)
class Wish:
    """Whom one looks for. `profession` and `specialty` as the feed writes them, `network` its name; empty: any."""

    around: Point
    radius_km: int
    profession: str = ""
    specialty: str = ""
    network: str = ""


@dataclass(frozen=True)
class Neighbour:
    """A professional found. `is_approximate`: the point is that of the commune. `networks` are in lower case."""

    professional_id: int
    point: Point
    is_approximate: bool
    networks: list[str]
    km: float


def statement(wish: Wish, wanted: int) -> tuple[str, dict[str, str | float]]:
    """The SQL of `nearest` and its parameters."""
    filters = ["true"]
    if wish.profession:
        filters.append("profession = %(profession)s")
    if wish.specialty:
        filters.append("specialty = %(specialty)s")
    if wish.network:
        filters.append("in_network AND networks @> ARRAY[%(network)s]::varchar[]")
    latitude, longitude = wish.around
    parameters: dict[str, str | float] = {
        "latitude": latitude, "longitude": longitude, "radius": wish.radius_km, "earth": EARTH_KM, "wanted": wanted,
        "profession": wish.profession, "specialty": wish.specialty, "network": wish.network.lower(),
    }  # fmt: skip
    sql = NEAREST.format(
        whole=CIRCLE.format(km="%(radius)s"), reached=CIRCLE.format(km="reach.km"), filters=" AND ".join(filters)
    )
    return sql, parameters


def nearest(wish: Wish, wanted: int) -> list[Neighbour]:
    """The `wanted` nearest professionals within the radius, nearest first; equal distances by id."""
    with connection.cursor() as cursor:
        cursor.execute(*statement(wish, wanted))
        return [
            Neighbour(professional_id, (latitude, longitude), is_approximate, networks, km)
            for professional_id, latitude, longitude, is_approximate, networks, km in cursor.fetchall()
        ]
