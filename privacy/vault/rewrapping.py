"""Changing the key of the vault while it is in use: every data key is unwrapped with the old one and wrapped to the new.

Contents are not touched. Each batch is one transaction, so that a run that is killed has done whole batches and the
next one goes on; rows that come in meanwhile under the old key are found by the same search.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

from privacy.vault import envelopes
from privacy.vault.envelopes import DataKey
from privacy.vault.opening import ALIAS, keys

BATCH = 500
TAKE = """
    SELECT id, person, case_reference, wrapping_key, wrapped FROM vault.data_key
    WHERE wrapping_key <> %s ORDER BY wrapping_key, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
CHANGE = """
    UPDATE vault.data_key AS kept SET wrapping_key = %s, wrapped = fresh.wrapped
    FROM unnest(%s::uuid[], %s::bytea[]) AS fresh (id, wrapped) WHERE kept.id = fresh.id
"""
COUNT = "SELECT wrapping_key, count(*) FROM vault.data_key GROUP BY wrapping_key ORDER BY wrapping_key"


@dataclass(frozen=True)
class InUse:
    """A wrapping key, and how many data keys need it. `is_current`: what is sealed now is wrapped to it."""

    name: str
    data_keys: int
    is_current: bool
    is_held: bool


def in_use() -> list[InUse]:
    """Every wrapping key that rows need, and the current one."""
    held, current = keys(), envelopes.name_of(settings.VAULT_PUBLIC_KEY)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(COUNT)
        counts: dict[str, int] = dict(cursor.fetchall())
    counts.setdefault(current, 0)
    return [InUse(name, count, name == current, name in held) for name, count in sorted(counts.items())]


def rewrap_all(*, batch: int = BATCH, pause: float = 0.0) -> int:
    """Wrap every data key to the current public key; returns how many were changed. `pause`: seconds between batches.

    Raises VaultUnreadable at the first data key that none of the held keys opens: nothing is lost, nothing is skipped.
    """
    changed = 0
    while done := _rewrap(batch):
        changed += done
        time.sleep(pause)
    return changed


def _rewrap(batch: int) -> int:
    held, public = keys(), settings.VAULT_PUBLIC_KEY
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(TAKE, [envelopes.name_of(public), batch])
        rows = [DataKey(row[0], row[1], row[2], row[3], bytes(row[4])) for row in cursor.fetchall()]
        fresh = [
            envelopes.wrap(envelopes.unwrap(row, held), public, key_id=row.id, person=row.person, case=row.case).wrapped
            for row in rows
        ]
        if rows:
            cursor.execute(CHANGE, [envelopes.name_of(public), [row.id for row in rows], fresh])
    return len(rows)
