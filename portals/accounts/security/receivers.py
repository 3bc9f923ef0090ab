"""Every way in is recorded, and every way out: django's own signals pass by here, whichever page sent them."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from portals.accounts.models import Account
from portals.accounts.security import sessions


@receiver(user_logged_in, dispatch_uid="portals.accounts.security.record")
def note_sign_in(request: HttpRequest, user: Account, **_rest: Any) -> None:
    sessions.record(request, user)


@receiver(user_logged_out, dispatch_uid="portals.accounts.security.close")
def note_sign_out(request: HttpRequest, user: Account | None, **_rest: Any) -> None:
    if user is not None:
        sessions.close_record(request)
