"""Sealing for the vault: a data key for each deposit of a person, wrapped to the public key of the medical adviser.

Whoever seals cannot open: the portals hold the public half alone (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM).
A content is AES-256-GCM under its data key. Both are bound to their table, column, row, person, case and version, so
that nothing opens once it was moved. Pure: no database, no settings.
"""

import hashlib
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from privacy.vault.errors import VaultUnreadable

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
FORMAT = b"\x01"
"""First byte of what is stored: a later format can be told apart."""
KEY_BYTES = 32
NONCE_BYTES = 12
KEY_TABLE, CONTENT_TABLE = "vault.data_key", "vault.sealed"

type Keys = Mapping[str, X25519PrivateKey]
"""The private keys that a process was given, by their names."""


@dataclass(frozen=True)
class DataKey:
    """A row of `vault.data_key`. `wrapping_key` is the name of the key that it is wrapped to."""

    id: uuid.UUID
    person: str
    case: str
    wrapping_key: str
    wrapped: bytes


@dataclass(frozen=True)
class Sealed:
    """A row of `vault.sealed`, with the row of its key. `kind` says what it is, `version` which of several."""

    id: uuid.UUID
    key: DataKey
    kind: str
    version: int
    content: bytes


def key_from(private: bytes) -> X25519PrivateKey:
    """The private key of these 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private)


def public_half(private: bytes) -> bytes:
    """The 32 bytes that the portals are given."""
    return key_from(private).public_key().public_bytes_raw()


def name_of(public: bytes) -> str:
    """What a key is called in rows and reports: 16 signs that say nothing of the private half."""
    return hashlib.sha256(b"vault key" + public).hexdigest()[:16]


def named(privates: list[bytes] | tuple[bytes, ...]) -> dict[str, X25519PrivateKey]:
    """Private keys by their names."""
    return {name_of(public_half(private)): key_from(private) for private in privates}


def new_data_key(public: bytes, *, person: str, case: str) -> tuple[DataKey, bytes]:
    """A data key wrapped to the public key, and the key itself, which nobody keeps."""
    data_key = os.urandom(KEY_BYTES)
    return wrap(data_key, public, key_id=uuid.uuid4(), person=person, case=case), data_key


def wrap(data_key: bytes, public: bytes, *, key_id: uuid.UUID, person: str, case: str) -> DataKey:
    """The row of a data key, wrapped to this public key."""
    name = name_of(public)
    context = _bound(KEY_TABLE, "wrapped", key_id.hex, person, case, name)
    wrapped = FORMAT + SUITE.encrypt(data_key, X25519PublicKey.from_public_bytes(public), context)
    return DataKey(key_id, person, case, name, wrapped)


def unwrap(row: DataKey, keys: Keys) -> bytes:
    """The data key. Raises VaultUnreadable."""
    private = keys.get(row.wrapping_key)
    if private is None or not row.wrapped.startswith(FORMAT):
        raise VaultUnreadable("no key of ours wrapped this data key")
    context = _bound(KEY_TABLE, "wrapped", row.id.hex, row.person, row.case, row.wrapping_key)
    try:
        return SUITE.decrypt(row.wrapped[1:], private, context)
    except (InvalidTag, ValueError):
        raise VaultUnreadable("a data key was changed or moved") from None


def seal(data_key: bytes, key: DataKey, *, kind: str, version: int, content: bytes) -> Sealed:
    """A content under the data key that `key` wraps."""
    row_id, nonce = uuid.uuid4(), os.urandom(NONCE_BYTES)
    bound = _content_bound(row_id, key, kind, version)
    return Sealed(row_id, key, kind, version, FORMAT + nonce + AESGCM(data_key).encrypt(nonce, content, bound))


def unseal(row: Sealed, keys: Keys) -> bytes:
    """The content. Raises VaultUnreadable, never returns ciphertext."""
    data_key = unwrap(row.key, keys)
    if not row.content.startswith(FORMAT):
        raise VaultUnreadable("unknown format")
    nonce, ciphertext = row.content[1 : 1 + NONCE_BYTES], row.content[1 + NONCE_BYTES :]
    try:
        return AESGCM(data_key).decrypt(nonce, ciphertext, _content_bound(row.id, row.key, row.kind, row.version))
    except (InvalidTag, ValueError):
        raise VaultUnreadable("a content was changed or moved") from None


def _content_bound(row_id: uuid.UUID, key: DataKey, kind: str, version: int) -> bytes:
    return _bound(CONTENT_TABLE, "content", row_id.hex, key.id.hex, key.person, key.case, kind, str(version))


def _bound(*words: str) -> bytes:
    """Two different lists of words never give the same bytes."""
    return b"".join(len(word.encode()).to_bytes(2, "big") + word.encode() for word in words)
