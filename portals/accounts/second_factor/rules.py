"""Codes: how they are drawn, typed, hashed and recognised. Pure: no database, and the instant is given."""

import hmac
import secrets
from base64 import b32encode
from enum import StrEnum
from urllib.parse import quote, urlencode

from argon2.low_level import Type, hash_secret_raw
from django_otp.oath import hotp

from portals.accounts.temporary_passwords import ALPHABET

STEP_SECONDS = 30
DIGITS = 6
TOLERATED_STEPS = 1
"""A clock may be one step (30 s) early or late: RFC 6238, 5.2."""
KEY_BYTES = 20

RECOVERY_CODES = 10
GROUPS = 3
GROUP_LENGTH = 4
SALT_BYTES = 16
MEMORY_KIB = 19 * 1024
PASSES = 2

MAX_FAILURES_THAT_SLOW = 4
"""Waiting doubles with each wrong code and stops at 8 s. Five checks in five minutes bound guessing (`limits`); a longer
wait would only let whoever knows the password keep the owner out."""


class Kind(StrEnum):
    """What a device is, as its addresses say it."""

    APPLICATION = "application"
    PASSKEY = "cle"
    RECOVERY = "secours"


class LossReason(StrEnum):
    """Why staff removed every device of an account; goes to the journal."""

    LOST = "lost"
    STOLEN = "stolen"
    REPLACED = "replaced"
    OTHER = "other"


def draw_key() -> bytes:
    """A new TOTP key, 160 bits as RFC 4226 advises."""
    return secrets.token_bytes(KEY_BYTES)


def written_key(key: bytes) -> str:
    """The key as applications read it: base32, without its padding."""
    return b32encode(key).decode().rstrip("=")


def grouped(text: str) -> str:
    """By fours, for whoever copies it by hand."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def key_address(key: bytes, *, issuer: str, account: str) -> str:
    """What the QR code holds (Key URI format)."""
    label = quote(f"{issuer.replace(':', '')}:{account}")
    query = urlencode(
        {"secret": written_key(key), "issuer": issuer.replace(":", ""), "digits": DIGITS, "period": STEP_SECONDS},
        quote_via=quote,
    )
    return f"otpauth://totp/{label}?{query}"


def as_typed(text: str) -> str:
    """A code without the spaces and dashes between its groups, in capitals."""
    return "".join(text.split()).replace("-", "").replace("‑", "").upper()


def matching_step(key: bytes, code: str, *, at: float, last_step: int) -> int | None:
    """The time step of a good code at this instant (seconds since 1970), later than any that has served; else None."""
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    now = int(at) // STEP_SECONDS
    for step in range(now - TOLERATED_STEPS, now + TOLERATED_STEPS + 1):
        if step > last_step and hmac.compare_digest(code_of_step(key, step), code):
            return step
    return None


def code_of_step(key: bytes, step: int) -> str:
    """The code that an application shows during one step."""
    return f"{hotp(key, step, DIGITS):0{DIGITS}d}"


def draw_recovery_code() -> str:
    """Three groups of four readable signs: 23¹² possibilities, 54 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def draw_mail_code() -> str:
    """Six digits, each as likely."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def draw_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def digest(code: str, salt: bytes) -> bytes:
    """Argon2id of a code as typed, at OWASP's least cost; one salt for a set, so that a try costs one computation."""
    return hash_secret_raw(
        as_typed(code).encode(), salt, time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1, hash_len=32,
        type=Type.ID,
    )  # fmt: skip


def place_of(digests: list[bytes], wanted: bytes) -> int | None:
    """Where a digest stands; every one is compared, whatever the answer."""
    places = [rank for rank, known in enumerate(digests) if hmac.compare_digest(bytes(known), wanted)]
    return places[0] if places else None


def slowed_by(failures: int) -> int:
    """How many failures count for the wait before the next try."""
    return min(failures, MAX_FAILURES_THAT_SLOW)
