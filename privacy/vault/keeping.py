"""Putting things into the vault, and taking a whole case out of it, as the portals may: they read nothing back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import connection

from privacy.vault import envelopes
from privacy.vault.errors import VaultClosed

KEEP_KEY = "SELECT vault.keep_key(%s, %s, %s, %s, %s)"
KEEP = "SELECT vault.keep(%s, %s, %s, %s, %s)"
FORGET = "SELECT vault.forget(%s)"


class Kind(StrEnum):
    """What a sealed row holds."""

    ANSWERS = "answers"
    LETTER = "letter"
    DOCUMENT = "document"
    OPINION = "opinion"


@dataclass(frozen=True)
class Piece:
    """Something to seal. `head` is sealed with the content: even the name of a file may tell of an illness."""

    kind: Kind
    version: int
    head: dict[str, str]
    body: bytes = b""

    @property
    def content(self) -> bytes:
        head = json.dumps(self.head).encode()
        return len(head).to_bytes(4, "big") + head + self.body


def opened(content: bytes) -> tuple[dict[str, str], bytes]:
    """The head and the body of `Piece.content`."""
    length = int.from_bytes(content[:4], "big")
    head: dict[str, str] = json.loads(content[4 : 4 + length])
    return head, content[4 + length :]


def is_set_up() -> bool:
    """Whether the key ceremony has been held and these portals were given the public half."""
    return bool(settings.VAULT_PUBLIC_KEY)


def person_of(account_id: int) -> str:
    """Whose things they are, as envelopes are bound to it."""
    return f"account:{account_id}"


def keep(*, account_id: int, case: str, pieces: Sequence[Piece]) -> None:
    """Seal pieces of one person's case under a data key of their own, in the running transaction. Raises VaultClosed."""
    if not is_set_up():
        raise VaultClosed
    key, data_key = envelopes.new_data_key(settings.VAULT_PUBLIC_KEY, person=person_of(account_id), case=case)
    with connection.cursor() as cursor:
        cursor.execute(KEEP_KEY, [key.id, key.person, key.case, key.wrapping_key, key.wrapped])
        for piece in pieces:
            row = envelopes.seal(data_key, key, kind=piece.kind, version=piece.version, content=piece.content)
            cursor.execute(KEEP, [row.id, key.id, row.kind, row.version, row.content])


def forget(case: str) -> int:
    """Destroy the keys of a case, and what they sealed; returns how many keys there were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [case])
        (erased,) = cursor.fetchone()
    return int(erased)
