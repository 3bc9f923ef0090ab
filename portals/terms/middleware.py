"""The gate: nothing of a space opens before the password is chosen and the terms in force are accepted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portals.accounts.models import Account
from portals.accounts.queries import step_under

# What stays open to an account with a step to take, whatever the method. Everything else waits, new pages included.
ALWAYS_OPEN = frozenset(
    {
        "portals:terms",
        "portals:terms_version",
        "portals:terms_acceptance",
        "portals:terms_refused",
        "portals:password_new",
        "portals:signup_complete",
        "portals:logout",
        "portals:privacy",
        "portals:dpo",
        "portals:cookies",
        "portals:legal_notices",
        "portals:accessibility",
        "portals:help",
        "portals:robots",
        "portals:security_contact",
        # Where the demo shows the e-mails that the missing step asks for; no other setting has these addresses.
        "demo:mails",
        "demo:mail",
    }
)


class GateMiddleware:
    """Leads a signed-in account to its missing step, for any method and any address not in `ALWAYS_OPEN` (CGU-2.8)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        account = request.user
        match = request.resolver_match
        if not isinstance(account, Account) or (match is not None and match.view_name in ALWAYS_OPEN):
            return None
        step = step_under(request.terms_in_force_id, account)  # type: ignore[attr-defined]  # set by IsolationMiddleware
        return HttpResponseRedirect(reverse(step)) if step else None
