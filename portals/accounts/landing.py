"""Where an account goes once it is signed in."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portals.accounts.models import Account, Space

HOMES = {
    Space.MEMBER: "members:home",
    Space.EMPLOYER: "employers:home",
    Space.PROFESSIONAL: "providers:home",
    Space.STAFF: "admin:index",
}
PREFIXES = {
    Space.MEMBER: "/adherent/",
    Space.EMPLOYER: "/employeur/",
    Space.PROFESSIONAL: "/professionnel/",
    Space.STAFF: "/gestion/",
}


def home_of(account: Account) -> str:
    """The address of the account's own space."""
    return reverse(HOMES[Space(account.space)])


def destination(request: HttpRequest, account: Account) -> str:
    """The page asked for before signing in, if it is on this site and not in another space; else the space's home."""
    return destination_in(request, Space(account.space))


def destination_in(request: HttpRequest, space: Space) -> str:
    """The same for whoever will be of this space, and is not known yet."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    others = tuple(prefix for other, prefix in PREFIXES.items() if other != space)
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours and asked.startswith("/") and not asked.startswith(others) else reverse(HOMES[space])
