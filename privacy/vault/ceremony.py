"""The key of the vault as people make and keep it: drawn off line, split in two shares for two custodians. Pure."""

import os
import secrets
from pathlib import Path

from privacy.vault.envelopes import KEY_BYTES, name_of, public_half


class WrongShares(ValueError):
    """The files are not the two shares of one key."""


def draw() -> bytes:
    """A new private key."""
    return secrets.token_bytes(KEY_BYTES)


def write(path: Path, private: bytes) -> None:
    """Keep it in a new file that its owner alone reads. Raises FileExistsError."""
    write_text(path, private.hex())


def write_text(path: Path, text: str) -> None:
    """The same, of a share."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")


def read(path: Path) -> bytes:
    """The key of a file."""
    private = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(private) != KEY_BYTES:
        raise WrongShares
    return private


def split(private: bytes) -> tuple[str, str]:
    """Two shares; each alone says nothing of the key. They carry its name, so that a wrong pair is noticed."""
    mask = secrets.token_bytes(KEY_BYTES)
    name = name_of(public_half(private))
    return f"{name}:1:{mask.hex()}", f"{name}:2:{_mixed(mask, private).hex()}"


def joined(first: str, second: str) -> bytes:
    """The key of two shares. Raises WrongShares."""
    try:
        (name, _, one), (other_name, _, two) = first.strip().split(":"), second.strip().split(":")
        private = _mixed(bytes.fromhex(one), bytes.fromhex(two))
    except ValueError:
        raise WrongShares from None
    if name != other_name or len(private) != KEY_BYTES or name_of(public_half(private)) != name:
        raise WrongShares
    return private


def _mixed(one: bytes, two: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, two, strict=True))
