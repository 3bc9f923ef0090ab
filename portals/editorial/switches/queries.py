"""The catalogue of services, with what is decided of each."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from portals.access.services import Service, services_of
from portals.accounts.models import Space
from portals.editorial.switches.models import ServiceSwitch

SPACES = (Space.MEMBER, Space.EMPLOYER, Space.PROFESSIONAL)


@dataclass(frozen=True)
class Line:
    """A service, and the decisions about it that hold or will."""

    service: Service
    switches: list[ServiceSwitch]


@dataclass(frozen=True)
class Shelf:
    """The services of a space."""

    label: str
    space: str
    lines: list[Line]


def catalogue(now: datetime.datetime) -> list[Shelf]:
    """Every service of every space. One query."""
    rows = ServiceSwitch.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), cancelled_at=None)
    decided = list(rows.order_by("begins_at", "id"))
    return [
        Shelf(
            space.label,
            space.value,
            [
                Line(service, [switch for switch in decided if switch.service == service.code])
                for service in services_of(space)
            ],
        )
        for space in SPACES
    ]
