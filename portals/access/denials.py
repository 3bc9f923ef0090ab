"""A denied access leaves an entry although the transaction of its request was rolled back (security.md)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve

from portals.accounts.models import Account
from portals.signals import announce

FORBIDDEN, NOT_FOUND = 403, 404
STAFF_SITE = "admin"


class DeniedAccessMiddleware:
    """Stands around the transaction of the request: what it writes is committed by itself, once per request.

    An address that does not exist leaves nothing, nor does a page of another space: only what names an object, what is
    of the staff's site, and what was refused by a rule.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in {FORBIDDEN, NOT_FOUND} and isinstance(request.user, Account):
            match = request.resolver_match or _match_of(request.path_info)
            if match is not None and _is_denial(match, response.status_code):
                announce(
                    "access.denied",
                    by=request.user,
                    object_kind=match.view_name[:60],
                    object_id=_number_in(match.kwargs),
                    result="refused",
                    details={"status": response.status_code, "method": request.method or ""},
                )
        return response


def _match_of(address: str) -> ResolverMatch | None:
    """For what was stopped before its view was looked for; None when there is no such address."""
    try:
        return resolve(address)
    except Resolver404:
        return None


def _is_denial(match: ResolverMatch, status: int) -> bool:
    if match.url_name is None:  # the staff's site answers every address below it, those that do not exist included
        return False
    names_something = bool(match.kwargs or match.args) or match.app_names[:1] == [STAFF_SITE]
    return names_something or status == FORBIDDEN


def _number_in(named: Mapping[str, Any]) -> str:
    """The first number of the address: never a word, which may be a secret or say something of somebody."""
    numbers = (str(value) for value in named.values())
    return next((number for number in numbers if number.isdecimal() and len(number) < 18), "")
