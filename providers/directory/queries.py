"""Reads of the directory: the communes that somebody may mean, the professions there are, who is near."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from providers.agreements.models import Professional
from providers.directory.gazetteer import BY_NAME
from providers.directory.models import Place
from providers.directory.naming import parted
from providers.directory.nearest import Neighbour, Wish, nearest
from providers.directory.rules import PAGE_SIZE

MOST_PLACES = 20
ARRONDISSEMENT = "Arrondissement"

# A walk along the index: one step for each trade, however many professionals there are.
TRADES = """
WITH RECURSIVE trade AS (
    (SELECT profession, specialty FROM providers_listing ORDER BY profession, specialty LIMIT 1)
    UNION ALL
    SELECT next.profession, next.specialty FROM trade CROSS JOIN LATERAL (
        SELECT profession, specialty FROM providers_listing
        WHERE (profession, specialty) > (trade.profession, trade.specialty) ORDER BY profession, specialty LIMIT 1
    ) next
) SELECT profession, specialty FROM trade
"""


def trades() -> list[tuple[str, str]]:
    """Each pair of profession and specialty of the directory; the specialty may be empty."""
    with connection.cursor() as cursor:
        cursor.execute(TRADES)
        return [(profession, specialty) for profession, specialty in cursor.fetchall()]


def label_of(place: Place) -> str:
    """`Lorient 56100`: what tells a commune from its namesakes, and finds it again when it is typed."""
    return " ".join([place.name, *place.postcodes[:1]])


def is_exact(place: Place) -> bool:
    """Whether the point is the commune's own, not that of a neighbour."""
    return place.source == BY_NAME


def places_like(typed: str) -> list[Place]:
    """The communes that these words may mean, the largest first: one when they leave no doubt."""
    name, postcode = parted(typed)
    if not name and not postcode:
        return []
    found = _read(name, postcode) or (_read("", postcode) if postcode else [])
    exact = [place for place in found if place.search_name == name]
    if exact:
        return exact
    if any(ARRONDISSEMENT in place.name for place in found):  # 75011 is one of them, not the whole of Paris
        found = [place for place in found if len(place.postcodes) == 1]
    return found


def _read(name: str, postcode: str) -> list[Place]:
    """Exact names come first, so that none is cut off by larger communes whose name only begins like it."""
    condition = Q()
    if name:
        condition &= Q(search_name__startswith=name)
    if postcode:
        condition &= Q(postcodes__contains=[postcode])
    places = Place.objects.filter(condition).order_by("-population", "code")[:MOST_PLACES]
    if not name:
        return list(places)
    exact = Place.objects.filter(condition, search_name=name).order_by("-population", "code")[:MOST_PLACES]
    return list(exact) or list(places)


@dataclass(frozen=True)
class Found:
    """A professional and where they are."""

    professional: Professional
    neighbour: Neighbour


@dataclass(frozen=True)
class Results:
    """One page of what was found. `has_more`: there is a next page, within what may be read."""

    found: list[Found]
    page: int
    has_more: bool

    @property
    def first_rank(self) -> int:
        return (self.page - 1) * PAGE_SIZE + 1


def search(wish: Wish, page: int) -> Results:
    """The page of the nearest professionals, pages counted from 1. Two queries."""
    wanted = page * PAGE_SIZE
    neighbours = nearest(wish, wanted + 1)
    shown = neighbours[wanted - PAGE_SIZE : wanted]
    known = Professional.objects.in_bulk([neighbour.professional_id for neighbour in shown])
    return Results(
        [Found(known[neighbour.professional_id], neighbour) for neighbour in shown],
        page,
        has_more=len(neighbours) > wanted,
    )
