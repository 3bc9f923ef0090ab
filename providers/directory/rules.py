"""Distances on the globe, and how they are said. Pure."""

import math

from providers.directory.naming import folded

type Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""
RADII_KM = (5, 10, 20, 50, 100)
USUAL_RADIUS_KM = 20
PAGE_SIZE = 20
MOST_RESULTS = 100
"""Nobody reads further; whoever copies the directory does (CGU-6.4)."""
LAST_PAGE = MOST_RESULTS // PAGE_SIZE
ELIDED = set("aeiou")
MOST_NORTHERN = 85.0
"""Degrees of latitude beyond which the plane of the index does not go."""


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    (latitude, longitude), (latitude_2, longitude_2) = one, other
    half = (
        math.sin(math.radians(latitude_2 - latitude) / 2) ** 2
        + math.cos(math.radians(latitude))
        * math.cos(math.radians(latitude_2))
        * math.sin(math.radians(longitude_2 - longitude) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def northing(latitude: float) -> float:
    """Latitude on Mercator's plane, in degrees of the equator: near is near there in every direction, which a plain
    latitude is not. `directory_northing` does the same in the database."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def in_kilometres(km: float) -> str:
    """`2,3 km`, one decimal; `moins de 100 m` below that."""
    return "moins de 100\u00a0m" if km < 0.1 else f"{km:.1f}".replace(".", ",") + "\u00a0km"


def about(km: float) -> str:
    """The same when only the commune is known: `environ 4,6 km`, never nearer than a kilometre."""
    return "moins d’un kilomètre" if km < 1 else f"environ {in_kilometres(km)}"


def of_place(name: str) -> str:
    """The name of a commune after « de »: `de Lorient`, `d’Angers`, `du Havre`, `des Ulis`."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if folded(name)[:1] in ELIDED else f"de {name}"
