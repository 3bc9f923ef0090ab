"""How long a session lasts: 30 minutes without a page, 12 hours in all (security.md). Cookies never say it (CGU-8.14).

Both instants are kept in the session on the server. The last page is noted at most once a minute, so a session ends
between 29 and 30 minutes after it.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

BEGAN = "began_at"
SEEN = "seen_at"
NOTED_EVERY = 60


def begin(request: HttpRequest) -> None:
    """Start the clocks of a session that has just been opened."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over(began: int | None, seen: int | None, now: float) -> bool:
    """Whether a session opened and last seen at these instants (seconds) is over; without them it is."""
    if began is None or seen is None:
        return True
    return now - seen >= settings.SESSION_IDLE_SECONDS or now - began >= settings.SESSION_COOKIE_AGE


class SessionLimitsMiddleware:
    """Signs out whoever's session is over, before anything else knows them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = time.time()
            if is_over(request.session.get(BEGAN), request.session.get(SEEN), now):
                logout(request)
            elif now - request.session[SEEN] >= NOTED_EVERY:
                request.session[SEEN] = int(now)
        return self.get_response(request)
