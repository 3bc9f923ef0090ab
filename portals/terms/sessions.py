"""The version of the terms that a session runs under (CGU-2.13). Every journal entry holds it too (`privacy.audit`)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from portals.accounts.models import Account

TERMS = "terms_number"
"""In the session: the number of the version accepted, None before the first acceptance."""


def remember_terms(request: HttpRequest, number: int | None) -> None:
    request.session[TERMS] = number


def on_sign_in(*, request: HttpRequest, user: Account, sender: Any, signal: Any, **_rest: Any) -> None:
    """A session that opens runs under what its account accepted last."""
    remember_terms(request, user.accepted_terms.number if user.accepted_terms else None)


user_logged_in.connect(on_sign_in, dispatch_uid="portals.terms.sessions")
