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


# One window after another, up to the first that is full: what it refuses is not counted by those that follow.
COUNT_EACH = """
for rank, key in ipairs(KEYS) do
  local used = redis.call('INCR', key)
  if used == 1 then redis.call('EXPIRE', key, ARGV[2 * rank]) end
  if used > tonumber(ARGV[2 * rank - 1]) then return rank end
end
return 0
"""


def count(limit: Limit, *parts: str) -> None:
    """Count one post against `limit` for these parts of the key; raises LimitReached."""
    key = _key(limit, parts)
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


def count_each(*posts: tuple[Limit, tuple[str, ...]]) -> Limit | None:
    """Count one post against several limits, each with the parts of its key: one question to Valkey.

    Returns the first limit that it passes, None when there is none. Raises LimitReached without Valkey.
    """
    keys = [cache.make_key(_key(limit, parts)) for limit, parts in posts]
    figures = [figure for limit, _ in posts for figure in (limit.amount, limit.seconds)]
    try:
        client = cache._cache.get_client(write=True)  # type: ignore[attr-defined]  # RedisCache's own
        rank = client.eval(COUNT_EACH, len(keys), *keys, *figures)
    except RedisError as error:
        raise LimitReached(PAUSE_WITHOUT_VALKEY) from error
    return posts[rank - 1][0] if rank else None


def _key(limit: Limit, parts: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"limit:{limit.name}:{digest}".replace(" ", "-")
