"""What every template knows: the organisation, the space, and where one may go in it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portals.accounts.models import Account, AccountState, Space


@dataclass(frozen=True)
class NavigationEntry:
    label: str
    url: str
    icon: str
    current: bool


NAVIGATION: dict[str, list[tuple[str, str, str]]] = {
    Space.MEMBER: [
        ("Accueil", "members:home", "home"),
        ("Prestations", "members:benefits", "list"),
        ("Relevés", "members:statements", "doc"),
    ],
    Space.EMPLOYER: [("Accueil", "employers:home", "home")],
    Space.PROFESSIONAL: [("Accueil", "providers:home", "home")],
    Space.STAFF: [],
}
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
        "demo": getattr(settings, "DEMO", False),
        "space": Space.MEMBER.value,
        "space_title": ("Espaces", "en ligne"),
        "navigation": [],
    }
    if isinstance(account, Account):
        context["space"] = account.space
        context["space_title"] = SPACE_TITLES[Space(account.space)]
        context["account_name"] = account.organisation_name or account.display_name
        context["account_menu"] = [{"label": "Mon compte", "url": reverse("portals:account")}]
        if account.state == AccountState.VALIDATED and getattr(request, "grant", None) is not None:
            context["navigation"] = _navigation(request, account.space)
    return context


def _navigation(request: HttpRequest, space: str) -> list[NavigationEntry]:
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        NavigationEntry(label, reverse(name), icon, current=here.startswith(name.removesuffix("s")))
        for label, name, icon in NAVIGATION[space]
    ]
