"""What each role signs in with: the same until the demo's directory goes."""

import base64
import hashlib
import hmac

from django.conf import settings

from portals.accounts import identifiers

TOTP_KEY_BYTES = 20


def identifier_of(role: str) -> str:
    """Ten digits with their key. Real accounts draw theirs; these must be found again at every start."""
    number = int.from_bytes(_derived("identifier", role)) % (9 * 10**8) + 10**8
    payload = str(number)
    return payload + identifiers.check_digit(payload)


def password_of(role: str) -> str:
    """Long enough for the rules, easy to paste."""
    letters = base64.b32encode(_derived("account", role)).decode().lower()
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def totp_key_of(role: str) -> bytes:
    """The key of the role's application of codes (RFC 6238, SHA-1, six digits, 30 seconds)."""
    return _derived("second-factor", role)[:TOTP_KEY_BYTES]


def totp_secret_of(role: str) -> str:
    """The same key in base32, as applications take it."""
    return base64.b32encode(totp_key_of(role)).decode()


def _derived(purpose: str, role: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"demo-{purpose}:{role}".encode(), hashlib.sha256)
