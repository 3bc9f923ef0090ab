"""How often a form that sends mail or tests a secret may be posted: counters in Valkey, added to atomically.

The key is made of the network and of what was typed, so that nobody can shut another person's door by knocking at
it from elsewhere. When Valkey does not answer, the form waits: credentials fail closed.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError


@dataclass(frozen=True)
class Limit:
    """At most `amount` posts in each window of `seconds`."""

    name: str
    amount: int
    seconds: int


class LimitReached(Exception):
    """Too many posts; `seconds` is how long to wait at most."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many posts")
        self.seconds = seconds


SIGN_UP_BY_NETWORK = Limit("sign-up network", 30, 3600)
SIGN_UP_BY_CLAIM = Limit("sign-up claim", 5, 3600)
RECOVERY_BY_NETWORK = Limit("recovery network", 30, 3600)
RECOVERY_BY_CLAIM = Limit("recovery claim", 5, 3600)


def count(limit: Limit, *parts: str) -> None:
    """Count one post against `limit` for these parts of the key; raises LimitReached."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    key = f"limit:{limit.name}:{digest}".replace(" ", "-")
    try:
        cache.add(key, 0, timeout=limit.seconds)
        used = cache.incr(key)
    except ValueError:  # the window closed between the two commands: this post opens the next one
        cache.set(key, 1, timeout=limit.seconds)
        used = 1
    except RedisError as error:
        raise LimitReached(60) from error
    if used > limit.amount:
        raise LimitReached(limit.seconds)


def wait_page(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with when to come back in words and in `Retry-After`."""
    minutes = max(1, round(seconds / 60))
    wait = f"dans {minutes}\u00a0minutes" if minutes > 1 else "dans une minute"
    if minutes >= 60:
        wait = "dans une heure"
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(seconds)
    return response
