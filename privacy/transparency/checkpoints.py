"""Checkpoints of the journal: C2SP `tlog-checkpoint` texts, signed with Ed25519 as C2SP `signed-note`. Pure.

    <origin>
    <number of entries>
    <root, base64>

    — <origin> <base64 of: 4 bytes that name the key, 64 bytes of signature>

A public key is written as `signed-note` verifier keys are: `<origin>+<name of the key, hex>+<base64 of 0x01 and the key>`.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from privacy.transparency.merkle import HASH_BYTES

ED25519 = b"\x01"
NAME_BYTES, SIGNATURE_BYTES, KEY_BYTES = 4, 64, 32


class NotACheckpoint(ValueError):
    """The text is not a checkpoint that one of the known keys signed."""


@dataclass(frozen=True)
class Checkpoint:
    """How many entries the journal had, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a signing key, under the name of the journal."""

    origin: str
    public: bytes

    @property
    def name(self) -> bytes:
        """Four bytes that tell keys apart."""
        return hashlib.sha256(self.origin.encode() + b"\n" + ED25519 + self.public).digest()[:NAME_BYTES]

    def __str__(self) -> str:
        return f"{self.origin}+{self.name.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def verifier_key(origin: str, private: bytes) -> VerifierKey:
    """The public key of a 32-byte Ed25519 seed."""
    return VerifierKey(origin, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def read_verifier_key(text: str) -> VerifierKey:
    """Reads `<origin>+<name>+<key>`. Raises NotACheckpoint."""
    origin, _, rest = text.partition("+")
    name, _, encoded = rest.partition("+")
    decoded = _decoded(encoded)
    key = VerifierKey(origin, decoded[1:])
    if decoded[:1] != ED25519 or len(key.public) != KEY_BYTES or key.name.hex() != name:
        raise NotACheckpoint("not a verifier key")
    return key


def signed(checkpoint: Checkpoint, private: bytes) -> str:
    """The checkpoint as a signed note."""
    key = verifier_key(checkpoint.origin, private)
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(checkpoint.body.encode())
    return f"{checkpoint.body}\n— {checkpoint.origin} {base64.b64encode(key.name + signature).decode()}\n"


def read(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint of a note that one of `keys` signed. Raises NotACheckpoint."""
    body, blank, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) != 3 or not lines[1].isascii() or not lines[1].isdecimal():
        raise NotACheckpoint("not a signed note")
    checkpoint = Checkpoint(lines[0], int(lines[1]), _decoded(lines[2]))
    if checkpoint.body != f"{body}\n" or len(checkpoint.root) != HASH_BYTES:
        raise NotACheckpoint("not a checkpoint")
    known = {(key.origin, key.name): key for key in keys}
    for line in signatures.splitlines():
        dash, origin, encoded = (*line.split(" "), "", "")[:3]
        signature = _decoded(encoded)
        key = known.get((origin, signature[:NAME_BYTES]))
        if dash == "—" and origin == checkpoint.origin and key and _signed_by(key, body, signature[NAME_BYTES:]):
            return checkpoint
    raise NotACheckpoint("no known key signed this")


def _signed_by(key: VerifierKey, body: str, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, f"{body}\n".encode())
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotACheckpoint("not base64") from error
