"""Reading the vault, as the role `vault`: only the processes that were given its address and its private keys can."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connections

from privacy.vault import envelopes
from privacy.vault.envelopes import DataKey, Keys, Sealed
from privacy.vault.errors import VaultClosed, VaultUnreadable
from privacy.vault.keeping import Kind, opened, person_of

ALIAS = "vault"
ROWS = """
    SELECT s.id, k.id, k.person, k.case_reference, k.wrapping_key, k.wrapped, s.kind, s.version, s.content
    FROM vault.sealed s JOIN vault.data_key k ON k.id = s.key_id
"""
OF_CASE = ROWS + "WHERE k.case_reference = %s AND s.kind <> 'document' ORDER BY s.kind, s.version"
ONE = ROWS + "WHERE k.case_reference = %s AND s.id = %s"
DOCUMENTS = """
    SELECT s.id FROM vault.sealed s JOIN vault.data_key k ON k.id = s.key_id
    WHERE k.case_reference = %s AND s.kind = 'document' ORDER BY s.version
"""


@dataclass(frozen=True)
class Opened:
    """A piece in clear. `head` has what its kind wants: answers, or the name and type of a file."""

    id: uuid.UUID
    kind: Kind
    version: int
    head: dict[str, str]
    body: bytes


def can_open() -> bool:
    """Whether this process may read the vault at all."""
    return ALIAS in connections.settings and bool(settings.VAULT_KEYS)


def keys() -> Keys:
    """The private keys of this process, the current one and those before it. Raises VaultClosed."""
    if not can_open():
        raise VaultClosed
    return _keys(tuple(settings.VAULT_KEYS))


@cache
def _keys(privates: tuple[bytes, ...]) -> Keys:
    return envelopes.named(privates)


def pieces_of(*, account_id: int, case: str) -> list[Opened]:
    """The texts of a case, oldest version first; documents are opened one at a time. Raises VaultUnreadable."""
    return [_open(row, account_id, case) for row in _rows(OF_CASE, [case])]


def documents_of(case: str) -> list[uuid.UUID]:
    """The documents of a case, in the order in which they came."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(DOCUMENTS, [case])
        return [row[0] for row in cursor.fetchall()]


def piece(*, account_id: int, case: str, row_id: uuid.UUID) -> Opened | None:
    """One piece of a case; None when it has no such piece. Raises VaultUnreadable."""
    return next((_open(row, account_id, case) for row in _rows(ONE, [case, row_id])), None)


def _rows(sql: str, parameters: list[str | uuid.UUID]) -> Iterator[Sealed]:
    keys()  # says that this process may not, before a connection does
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql, parameters)
        for row in cursor.fetchall():
            yield Sealed(row[0], DataKey(row[1], row[2], row[3], row[4], bytes(row[5])), row[6], row[7], bytes(row[8]))


def _open(row: Sealed, account_id: int, case: str) -> Opened:
    """A row that another person's case was given is refused before it is opened."""
    if (row.key.person, row.key.case) != (person_of(account_id), case):
        raise VaultUnreadable("a row says that it is another person's")
    head, body = opened(envelopes.unseal(row, keys()))
    return Opened(row.id, Kind(row.kind), row.version, head, body)
