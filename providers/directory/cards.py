"""What the list says of one professional; the map reads the same words from the page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from portals.presentation.formats import phone
from providers.agreements.models import Professional
from providers.directory.queries import Found
from providers.directory.rules import Point, about, in_kilometres

ROUTE = "https://www.openstreetmap.org/directions?"
SEARCH = "https://www.openstreetmap.org/search?"


@dataclass(frozen=True)
class Card:
    """`point` is in plain figures, for the map. `phone_link` is empty when the number cannot be dialled."""

    rank: int
    name: str
    trade: str
    street: str
    town: str
    city: str
    distance: str
    is_approximate: bool
    is_approved: bool
    latitude: str
    longitude: str
    phone: str
    phone_link: str
    route: str


def card_of(found: Found, rank: int, network: str) -> Card:
    """The card of one result. `network` is the label of the organisation's own network."""
    professional, neighbour = found.professional, found.neighbour
    person = " ".join(part for part in (professional.given_name, professional.family_name) if part)
    trade = ", ".join(part for part in (professional.profession, professional.specialty) if part)
    return Card(
        rank=rank,
        name=professional.practice_name or person,
        trade=f"{person}, {trade[0].lower()}{trade[1:]}" if professional.practice_name and person else trade,
        street=professional.street,
        town=f"{professional.postcode} {professional.city}",
        city=professional.city,
        distance=about(neighbour.km) if neighbour.is_approximate else in_kilometres(neighbour.km),
        is_approximate=neighbour.is_approximate,
        is_approved=network.lower() in neighbour.networks,
        latitude=f"{neighbour.point[0]:.5f}",
        longitude=f"{neighbour.point[1]:.5f}",
        phone=phone(professional.phone),
        phone_link=_dialled(professional.phone),
        route=_route(professional, neighbour.point, is_approximate=neighbour.is_approximate),
    )


def _dialled(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return f"tel:{digits}" if len(digits) >= 4 else ""


def _route(professional: Professional, point: Point, *, is_approximate: bool) -> str:
    """To the door when its point is known, to the address otherwise. It never says where one starts from."""
    if is_approximate:
        street = [professional.street] if professional.street else []
        return SEARCH + urlencode({"query": ", ".join([*street, f"{professional.postcode} {professional.city}"])})
    return ROUTE + urlencode({"to": f"{point[0]:.5f},{point[1]:.5f}"})
