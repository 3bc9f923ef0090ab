"""Entering `/medical/`: a second factor asked anew, a right that lapses, and nothing at all for anybody else.

It is no part of `/gestion/`: mode gestion opens nothing here, and what is opened here opens nothing there.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from portals.access import isolation
from portals.accounts.models import Account
from portals.accounts.security import sessions
from portals.editorial.errors import page_not_found
from privacy.audit import record
from privacy.vault.readers import Duty, duty_of

LASTS = 15 * 60
UNTIL = "medical_until"

type View = Callable[..., HttpResponse]


def is_inside(request: HttpRequest) -> bool:
    """Whether the second factor was given here less than fifteen minutes ago."""
    until = request.session.get(UNTIL)
    return until is not None and time.time() < until


def open_for(request: HttpRequest, account: Account) -> None:
    """The second factor was good: open for fifteen minutes, under a new session key."""
    request.session[UNTIL] = time.time() + LASTS
    request.session.cycle_key()
    sessions.follow(request, account)
    record("vault.entered", by=account, object_kind="account", object_id=account.pk)


def close(request: HttpRequest) -> None:
    """Give the right back before it lapses."""
    request.session.pop(UNTIL, None)


def for_readers(view: View, *, adviser_only: bool = False, at_the_door: bool = False) -> View:
    """Around every page: to whoever is not named, a missing page and an entry in the journal, by any method.

    `adviser_only`: not for assistants. `at_the_door`: the page that asks for the second factor.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            return redirect_to_login(request.get_full_path())
        duty = duty_of(account)
        if duty is None or (adviser_only and duty != Duty.ADVISER):
            return refused(request, account)
        if not at_the_door and not is_inside(request):
            return redirect(f"{reverse('medical:entrance')}?{urlencode({'next': request.get_full_path()}, safe='/')}")
        isolation.apply({"app.scope": "medical", isolation.ACCOUNT_SETTING: str(account.pk)})
        request.medical_duty = duty  # type: ignore[attr-defined]  # read by duty_here
        return view(request, *args, **kwargs)

    return sensitive_post_parameters()(sensitive_variables()(guarded))


def duty_here(request: HttpRequest) -> Duty:
    """What the reader of this request may do."""
    return Duty(request.medical_duty)  # type: ignore[attr-defined]  # set by for_readers


def refused(request: HttpRequest, account: Account) -> HttpResponse:
    """The page of what does not exist, answered and not raised: the entry stays (PDP-4.8)."""
    match = request.resolver_match
    page = match.view_name if match else ""
    record(
        "vault.refused", by=account, object_kind="account", object_id=account.pk, result="refused",
        details={"page": page, "method": request.method or ""},
    )  # fmt: skip
    request.resolver_match = None  # nor does the link that reports an error know a page here
    return page_not_found(request)
