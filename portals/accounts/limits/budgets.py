"""How many secrets may be tried on one account: a sliding window in Valkey, taken from before anything is computed.

Five checks in any five minutes, over every network and every entrance together. Three are common to everybody; two
are kept for the networks that the account is used to, so that no stranger can shut the owner out. A right secret gives
its check back. An identifier of nobody has the same budget: it is spent, refused and said in the same way.
"""

import hashlib
import math
import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from portals.accounts import identifiers, known_networks
from portals.accounts.limits.counters import PAUSE_WITHOUT_VALKEY, LimitReached

# Members are `c:<nonce>` (common) and `k:<nonce>` (kept), scored by the instant at which they stop counting, on
# Valkey's own clock: web servers need not agree on the time. Returns 0 and the member's kind, or the milliseconds left.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local used, soonest = {c = 0, k = 0}, {}
local taken = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for rank = 1, #taken, 2 do
  local kind = string.sub(taken[rank], 1, 1)
  used[kind] = used[kind] + 1
  soonest[kind] = soonest[kind] or tonumber(taken[rank + 1])
end
local kind = nil
if used.c < tonumber(ARGV[3]) then
  kind = 'c'
elseif ARGV[5] == '1' and used.k < tonumber(ARGV[4]) then
  kind = 'k'
end
if not kind then
  local free = soonest.c or now
  if ARGV[5] == '1' and soonest.k then free = math.min(free, soonest.k) end
  return {math.max(free - now, 1), ''}
end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), kind .. ':' .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]) + 1000)
return {0, kind}
"""


@dataclass(frozen=True)
class Budget:
    """`common` checks for whoever asks and `kept` for known networks, in any `seconds`.

    The hash is computed after the reservation, by a thread that may have to wait: `margin` seconds more make sure that
    two checks further apart in reservations than in time never meet in one window.
    """

    name: str
    common: int
    kept: int
    seconds: float
    margin: float = 5
    opens_after_reset: bool = False
    """Whether the network from which a new password was chosen by e-mail uses the kept checks, for an hour."""


PASSWORD = Budget("password", common=3, kept=2, seconds=300, opens_after_reset=True)
CODE = Budget("code", common=3, kept=2, seconds=300)
AFTER_RESET = 3600


@dataclass(frozen=True)
class Reservation:
    """One check, taken. `refund` it when the secret was right; a wrong one stays counted until its window has slid."""

    key: str
    member: str

    def refund(self) -> None:
        """Give the check back. Without Valkey it stays spent, which is the safe side."""
        with suppress(RedisError):
            _client().zrem(self.key, self.member)


def reserve_password_check(identifier: str, network: str, *, is_known_network: bool | None = None) -> Reservation:
    """Take one password check of this identifier from this network (`network_of(address_of(request))`), or raise.

    Call it before the hash is computed, at every entrance: sign-in, step-up, change of password. `is_known_network` is
    looked up when None. Raises LimitReached, also when Valkey does not answer.
    """
    return reserve(PASSWORD, identifier, network, is_known_network=is_known_network)


def reserve_code_check(identifier: str, network: str, *, is_known_network: bool | None = None) -> Reservation:
    """The same for codes of every kind of an account together: applications, recovery codes, codes by e-mail."""
    return reserve(CODE, identifier, network, is_known_network=is_known_network)


def reserve(budget: Budget, identifier: str, network: str, *, is_known_network: bool | None = None) -> Reservation:
    """Take one check of `budget`. Raises LimitReached with the seconds until one is free."""
    if is_known_network is None:
        is_known_network = known_networks.is_known(identifiers.as_typed(identifier), network)
    if budget.opens_after_reset and not is_known_network:
        is_known_network = _has_just_reset(identifier, network)
    key, nonce = key_of(budget, identifier), secrets.token_hex(8)
    window = round((budget.seconds + budget.margin) * 1000)
    try:
        left, kind = _client().eval(
            TAKE, 1, key, nonce, window, budget.common, budget.kept, "1" if is_known_network else "0"
        )
    except RedisError as error:
        raise LimitReached(PAUSE_WITHOUT_VALKEY) from error
    if left:
        raise LimitReached(math.ceil(left / 1000))
    return Reservation(key=key, member=f"{kind.decode()}:{nonce}")


def welcome_back(identifier: str, network: str) -> None:
    """The owner has chosen a new password through their e-mail, from this network: strangers must not keep them out."""
    with suppress(RedisError):
        cache.set(_reset_key(identifier, network), 1, timeout=AFTER_RESET)


def key_of(budget: Budget, identifier: str) -> str:
    """One key per account, however its identifier is written; hashed, so that Valkey holds no identifier."""
    digest = hashlib.sha256(canonical(identifier).encode()).hexdigest()
    return cache.make_key(f"budget:{budget.name}:{digest}")


def canonical(identifier: str) -> str:
    """The digits of what was typed, in ASCII, without the zeros in front; text without any digit is folded.

    Only ten ASCII digits open an account (`identifiers.is_well_formed`): another writing reaches nobody, and its tries
    count all the same for the account that it looks like.
    """
    folded = unicodedata.normalize("NFKC", identifier)
    digits = "".join(str(unicodedata.decimal(sign)) for sign in folded if sign.isdecimal()).lstrip("0")
    return digits or re.sub(r"[\W_]", "", folded.casefold())


def _has_just_reset(identifier: str, network: str) -> bool:
    try:
        return cache.get(_reset_key(identifier, network)) is not None
    except RedisError as error:
        raise LimitReached(PAUSE_WITHOUT_VALKEY) from error


def _reset_key(identifier: str, network: str) -> str:
    return f"reset:{hashlib.sha256(f'{canonical(identifier)} {network}'.encode()).hexdigest()}"


def _client() -> Any:
    """The connection pool of Django's cache: scripts are beyond its interface."""
    return cache._cache.get_client(write=True)  # type: ignore[attr-defined]  # RedisCache's own
