"""Counters of posts in fixed windows, added to atomically in Valkey: for forms that send mail, search or compute."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

PAUSE_WITHOUT_VALKEY = 60
"""Seconds to wait when nothing can be counted: what tests a secret stays shut."""


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


SIGN_IN_BY_NETWORK = Limit("sign-in network", 120, 60)
"""Generous: a whole office signs in at nine behind one address. What protects an account is its own budget."""
RESET_LINK_BY_NETWORK = Limit("reset link network", 60, 600)
METER_BY_SESSION = Limit("meter session", 60, 60)
METER_BY_NETWORK = Limit("meter network", 600, 60)
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
        raise LimitReached(PAUSE_WITHOUT_VALKEY) from error
    if used > limit.amount:
        raise LimitReached(limit.seconds)
