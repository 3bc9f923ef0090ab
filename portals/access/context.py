"""What every template knows: the organisation, the space, and where one may go in it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portals.access.addresses import fixed_address
from portals.access.countdown import countdown_of
from portals.access.entry import ACTING_GRANT, Maintenance, Switched, entry_of
from portals.access.rubrics import PLACES, Navigation, Rubric
from portals.access.services import Position, is_allowed, service_of, services_of
from portals.access.switching import Label, current_label, name_of, words_of
from portals.accounts.models import Account, AccountState, Space
from portals.correspondence.reports.pages import page_of
from portals.editorial.audience.counting import is_refused
from portals.editorial.availability.models import Interruption
from portals.editorial.availability.queries import to_announce
from portals.gestion.navigation import rubrics

HOMES = {"members:home", "employers:home", "providers:home"}
SPACE_TITLES = {
    Space.MEMBER: ("Espace", "adhérent"),
    Space.EMPLOYER: ("Espace", "employeur"),
    Space.PROFESSIONAL: ("Espace", "professionnel"),
    Space.STAFF: ("Espace", "gestion"),
}


def space(request: HttpRequest) -> dict[str, Any]:
    """Template context: the organisation, the space and its rubrics, the account's name and menu, the request's reference."""
    account = getattr(request, "user", None)
    context: dict[str, Any] = {
        "organisation": settings.ORGANISATION_FACTS,
        "reference": getattr(request, "reference", ""),
        "page_named": _named(request),
        "demo": getattr(settings, "DEMO", False),
        "space": Space.MEMBER.value,
        "space_title": ("Espaces", "en ligne"),
        "navigation": Navigation(),
        "acting": None,
        "countdown": None,
        "deletion_due_at": None,
        "announced_terms": None,
        "closing": None,
        "maintenance": lambda: _maintenance(request),
        "audience_refused": is_refused(request),
        "standings": (),
        "alerts": (),
        "service_news": (),
    }
    if isinstance(account, Account):
        context["space"] = account.space
        context["space_title"] = SPACE_TITLES[Space(account.space)]
        context["account_name"] = account.display_name
        context["account_for"] = lambda: _organisation(request, account)
        context["account_menu"] = [{"label": "Mon compte", "url": fixed_address("portals:account")}]
        if account.space != Space.STAFF:
            context["account_menu"].append({"label": "Mes données", "url": fixed_address("privacy:my_data")})
        if (words := words_of(account.space)) is not None:
            context["account_menu"].append({"label": words.menu, "url": fixed_address("portals:persons")})
        context["acting"] = lambda: _acting(request)
        context["countdown"] = countdown_of(entry_of(request).grant, timezone.localdate())
        context["deletion_due_at"] = entry_of(request).deletion_due_at
        context["announced_terms"] = entry_of(request).announced_terms
        context["closing"] = entry_of(request).closing
        context["standings"] = entry_of(request).restrictions
        context["alerts"] = entry_of(request).alerts
        context["service_news"] = _news(request, account.space)
        if account.space == Space.STAFF and account.is_staff:
            context["navigation"] = Navigation(rubrics(request, account))
        elif account.state == AccountState.VALIDATED and entry_of(request).grant is not None:
            context["navigation"] = _navigation(request, account.space)
    return context


def _maintenance(request: HttpRequest) -> Interruption | Maintenance | None:
    """The planned maintenance that every page announces: read with the entry, or apart when nobody is signed in."""
    if isinstance(getattr(request, "user", None), Account):
        return entry_of(request).maintenance
    return None if connection.needs_rollback else to_announce(timezone.now())


def _named(request: HttpRequest) -> str:
    """How « Signaler une erreur » names this page: the pattern of its address; nothing for a page that is not one."""
    return page_of(request.resolver_match.route) if request.resolver_match else ""


def _organisation(request: HttpRequest, account: Account) -> str:
    """The organisation beside the person's name (CGU-1.7): that of the grant in use, or the account's own."""
    grant = entry_of(request).grant
    if account.space in {Space.EMPLOYER, Space.PROFESSIONAL} and grant is not None and not grant.represents:
        name = name_of(request, grant) or account.organisation_name
        return "" if name == account.display_name else name
    return "" if account.organisation_name == account.display_name else account.organisation_name


def _acting(request: HttpRequest) -> Label | None:
    """For whom the request acts, once somebody was chosen. Called by the templates that say it, and by no other."""
    grant = entry_of(request).grant
    if grant is None or (grant.represents and request.session.get(ACTING_GRANT) != grant.pk):
        return None
    return current_label(grant)


def _navigation(request: HttpRequest, space: str) -> Navigation:
    match = request.resolver_match
    here = match.view_name if match else ""
    grant = entry_of(request).grant
    return Navigation(
        Rubric(
            place.label,
            fixed_address(place.view),
            place.icon,
            current=place.holds(here),
            suspended=_is_stopped(request, place.view),
            group=place.group,
        )
        for place in PLACES[Space(space)]
        if entry_of(request).switch_of(service := service_of(place.view)) is None
        and (grant is None or service is None or is_allowed(grant, service, changes=False))
    )


@dataclass(frozen=True)
class News:
    """A new service, announced on the first page of its space (CGU-3.1). `url` is empty when no rubric leads to it."""

    switch: Switched
    url: str


def _news(request: HttpRequest, space: str) -> list[News]:
    """What is announced of the services that this account may open; on the first page of its space, and nowhere else."""
    entry = entry_of(request)
    match = request.resolver_match
    if entry.grant is None or match is None or match.view_name not in HOMES:
        return []
    announced = {switch.service: switch for switch in entry.switches if switch.position == Position.NEW}
    if not announced:
        return []
    rubrics_of = {
        service.code: place.view for place in PLACES[Space(space)] if (service := service_of(place.view)) is not None
    }
    open_services = [
        service
        for service in services_of(space)
        if service.code in announced
        and entry.switch_of(service) is None
        and is_allowed(entry.grant, service, changes=False)
    ]
    return [
        News(announced[service.code], reverse(rubrics_of[service.code]) if service.code in rubrics_of else "")
        for service in open_services
    ]


def _is_stopped(request: HttpRequest, name: str) -> bool:
    """Whether a rubric leads to a service that a measure has stopped (CGU-7.2)."""
    service = service_of(name)
    if service is None or service.open_when_restricted:
        return False
    return any(standing.stops(service.code) for standing in entry_of(request).restrictions)
