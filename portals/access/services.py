"""The services of the spaces, as suspensions, the read-only years and the closing of a space name them.

Each app registers its own when it is ready. Every view of a space belongs to one service, found by the name of its
address (`members:benefits`); a test holds that none is without.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from portals.access.models import Grant
from portals.accounts.models import Space


class Position(models.TextChoices):
    """What a switch says of a service. A service without a switch is on (CGU-3.1)."""

    OFF = "off", "Arrêté"
    UNOPENED = "unopened", "Pas encore ouvert"
    NEW = "new", "Nouveauté annoncée"


@dataclass(frozen=True)
class Service:
    """A service of one space. `view_names` are names of addresses with their namespace.

    `open_when_restricted`: stays open under a suspension or in the export window of a closing space, because the
    person's rights do not depend on the account (CGU-7.1, 7.5). `changes_when_ended`: its forms may be sent in the
    read-only years (a complaint, a copy of one's data). `always_on`: no switch closes it.
    """

    code: str
    space: Space
    label: str
    view_names: frozenset[str]
    open_when_restricted: bool = False
    changes_when_ended: bool = False
    always_on: bool = False

    @property
    def may_be_switched_off(self) -> bool:
        """Never the first page of a space, nor what a right rests on: it would close with it (CGU-3.1)."""
        return not (self.always_on or self.open_when_restricted)


@dataclass(frozen=True)
class Catalogue:
    """Makes the services of one space, whose views share the namespace of their addresses."""

    space: Space
    namespace: str

    def service(
        self,
        code: str,
        label: str,
        *views: str,
        restricted: bool = False,
        ended: bool = False,
        always: bool = False,
    ) -> Service:
        """`restricted` and `ended`: what stays open then (`open_when_restricted`, `changes_when_ended`).

        `always`: it is never switched off (`always_on`).
        """
        names = frozenset(f"{self.namespace}:{view}" for view in views)
        return Service(
            code,
            self.space,
            label,
            names,
            open_when_restricted=restricted,
            changes_when_ended=ended,
            always_on=always,
        )


class ServiceTaken(ValueError):
    """Two services with one code, or two services for one view."""


_services: dict[str, Service] = {}
_by_view: dict[str, Service] = {}


type Rule = Callable[[Grant, Service, bool], bool]
"""`(grant, service, changes)`: whether the grant opens the service, to read it or to send its forms (`changes`)."""

_rules: dict[str, Rule] = {}


def register_rule(space: Space, rule: Rule) -> None:
    """Tell which services of a space a grant opens, where roles share them out. Called from `AppConfig.ready`."""
    _rules[space] = rule


def is_allowed(grant: Grant, service: Service, *, changes: bool) -> bool:
    """Whether the role of a grant opens a service; always where its space has no roles."""
    rule = _rules.get(service.space)
    return rule is None or rule(grant, service, changes)


def register(*services: Service) -> None:
    """Add services. Raises ServiceTaken. Called from `AppConfig.ready`."""
    for service in services:
        if service.code in _services or service.view_names & _by_view.keys():
            raise ServiceTaken(service.code)
        _services[service.code] = service
        _by_view.update(dict.fromkeys(service.view_names, service))


def service_of(view_name: str) -> Service | None:
    """The service that a view belongs to; None outside the spaces."""
    return _by_view.get(view_name)


def services_of(space: str) -> list[Service]:
    """The services of a space, in the order of their registration."""
    return [service for service in _services.values() if service.space == space]


def label_of(code: str) -> str:
    """What a service is called; its code when it no longer exists (past decisions keep their words)."""
    service = _services.get(code)
    return service.label if service else code
