"""Step-up: what is hard to undo asks who is there again, when the last proof is older than five minutes (CGU-3.26).

@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def bank_details(request): …

A form that was sent too late is kept sealed in the session for ten minutes, and offered again after the proof. A view
that puts `kept_fields(request)` back into its form says so: `@step_up_required(fills_form=True)`.
"""

import functools
import time
from collections.abc import Callable
from typing import Any, overload
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from portals.access.entry import account_of
from portals.accounts.security import kept_forms, sessions
from portals.accounts.security.kept_forms import kept_fields
from portals.accounts.security.rules import is_fresh
from portals.accounts.sessions import BEGAN, is_verified

__all__ = ["has_fresh_proof", "kept_fields", "proved", "step_up_required"]

PROVEN = "proven_at"

type View = Callable[..., HttpResponseBase]


def has_fresh_proof(request: HttpRequest) -> bool:
    """Whether the person proved themselves less than five minutes ago: a sign-in counts only with a second factor."""
    now = time.time()
    if is_fresh(request.session.get(PROVEN), now):
        return True
    return is_verified(request) and is_fresh(request.session.get(BEGAN), now)


def proved(request: HttpRequest) -> None:
    """The person has just proved themselves: note when, under a new session key (sessions rotate at each level)."""
    request.session[PROVEN] = int(time.time())
    request.session.cycle_key()
    sessions.follow(request, account_of(request))


@overload
def step_up_required(view: View) -> View: ...
@overload
def step_up_required(*, fills_form: bool) -> Callable[[View], View]: ...
def step_up_required(view: View | None = None, *, fills_form: bool = False) -> View | Callable[[View], View]:
    """Lets nobody in, by any method, without a fresh proof; leads to the page that asks for one."""
    if view is None:
        return functools.partial(_guarded, fills_form=fills_form)
    return _guarded(view, fills_form=fills_form)


def _guarded(view: View, *, fills_form: bool) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_fresh_proof(request):
            if request.method == "POST":
                kept_forms.forget(request)
            return view(request, *args, **kwargs)
        return _ask_first(request, fills_form=fills_form)

    return guarded


def _ask_first(request: HttpRequest, *, fills_form: bool) -> HttpResponse:
    account = account_of(request)
    if request.method == "POST":
        kept_forms.keep(request, account, fills_form=fills_form)
    address = f"{reverse('portals:step_up')}?{urlencode({'next': request.get_full_path()}, safe='/')}"
    return redirect(address)
