"""Sealing one value: AES-256-GCM under the subject's data key, bound to its place. Pure but for the settings' keys."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from portals.secrets.errors import SecretUnreadable

# First byte of what is stored: a later format can be told apart.
FORMAT = b"\x01"
NONCE_BYTES = 12


def seal_with(data_key: bytes, subject: str, place: str, value: str) -> bytes:
    """Format, random nonce, ciphertext and tag."""
    return seal_bytes_with(data_key, subject, place, value.encode())


def seal_bytes_with(data_key: bytes, subject: str, place: str, content: bytes) -> bytes:
    """The same, of a file."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(data_key).encrypt(nonce, content, _bound_to(subject, place))


def unseal_with(data_key: bytes, subject: str, place: str, sealed: bytes) -> str:
    """The value. Raises `SecretUnreadable`, never returns ciphertext."""
    try:
        return unseal_bytes_with(data_key, subject, place, sealed).decode()
    except UnicodeDecodeError:
        raise SecretUnreadable("not a text") from None


def unseal_bytes_with(data_key: bytes, subject: str, place: str, sealed: bytes) -> bytes:
    """The file. Raises `SecretUnreadable`, never returns ciphertext."""
    if not sealed.startswith(FORMAT):
        raise SecretUnreadable("unknown format")
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(data_key).decrypt(nonce, ciphertext, _bound_to(subject, place))
    except (InvalidTag, ValueError):
        raise SecretUnreadable("wrong key, or a secret that was changed or moved") from None


def index_of(place: str, value: str) -> bytes:
    """HMAC-SHA256 of the value, its own for each place: the same IBAN of two tables does not show as equal."""
    return hmac.digest(settings.BLIND_INDEX_KEY, _length_marked(place) + value.encode(), hashlib.sha256)


def _bound_to(subject: str, place: str) -> bytes:
    """What the ciphertext is bound to: moved to another row or column, it no longer opens."""
    return _length_marked(place) + _length_marked(subject)


def _length_marked(text: str) -> bytes:
    """Two different pairs of words never give the same bytes."""
    encoded = text.encode()
    return len(encoded).to_bytes(2, "big") + encoded
