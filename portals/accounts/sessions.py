"""How long a session lasts: 30 minutes without a page (15 for staff), 12 hours in all (security.md).

Cookies never say it (CGU-8.14): both instants are kept in the session on the server. The last page is noted at most
once a minute, there and in the row that the owner sees, so a session ends between 29 and 30 minutes after it.
"""

import datetime
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from portals.accounts.models import Account, Space
from portals.accounts.security.models import AccountSession

BEGAN = "began_at"
SEEN = "seen_at"
RECORD = "account_session"
"""In the session: the number of its row, which says at each request whether it was ended."""
NOTED_EVERY = 60
STAFF_IDLE_SECONDS = 15 * 60


def begin(request: HttpRequest) -> None:
    """Start the clocks of a session that has just been opened."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_verified(request: HttpRequest) -> bool:
    """Whether the session was opened, or raised since, with a second factor. Every factor's removal ends the sessions."""
    return DEVICE_ID_SESSION_KEY in request.session


def row_id(request: HttpRequest) -> int:
    """The number of the session's row; 0, which is nobody's, for a session without one."""
    number: int = request.session.get(RECORD, 0)
    return number


def idle_seconds(space: str) -> int:
    """How long an account of this space may stay without opening a page."""
    longest: int = settings.SESSION_IDLE_SECONDS
    return min(STAFF_IDLE_SECONDS, longest) if space == Space.STAFF else longest


def is_over(began: int | None, seen: int | None, now: float, *, idle: int) -> bool:
    """Whether a session opened and last seen at these instants (seconds) is over; without them it is."""
    if began is None or seen is None:
        return True
    return now - seen >= idle or now - began >= settings.SESSION_COOKIE_AGE


class SessionLimitsMiddleware:
    """Signs out whoever's session is over, before anything else knows them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account):
            now = time.time()
            idle = idle_seconds(request.user.space)
            if is_over(request.session.get(BEGAN), request.session.get(SEEN), now, idle=idle):
                logout(request)
            elif now - request.session[SEEN] >= NOTED_EVERY:
                _note(request, now)
        return self.get_response(request)


def _note(request: HttpRequest, now: float) -> None:
    request.session[SEEN] = int(now)
    AccountSession.objects.filter(pk=row_id(request)).update(
        last_seen_at=datetime.datetime.fromtimestamp(now, tz=timezone.get_current_timezone()),
        session_key=request.session.session_key or "",
    )
