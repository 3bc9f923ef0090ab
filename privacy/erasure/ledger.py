"""The ledger of erasures, in a schema of its own: a restored database forgets who was erased, this does not.

`pg_dump --exclude-schema=erasures` is what is restored; `--schema=erasures` is kept apart, and restored by nobody. A line
says that somebody was erased on a day, as a keyed hash of their number: without the key, it tells nothing of whom.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connections

from portals.secrets import blind_index
from privacy.erasure.emptying import ALIAS

PLACE = "erasures.ledger"


@dataclass(frozen=True)
class Erased:
    """One line."""

    reference: str
    erased_on: datetime.date
    subject: bytes
    kinds: tuple[str, ...] = ()
    """The kinds of data that went; empty: all of them."""


def subject_of(space: str, subject_id: int) -> bytes:
    """The hash of somebody, the same for ever under the same index key."""
    return blind_index(PLACE, f"{space}:{subject_id}")


def write(
    *, reference: str, space: str, subject_id: int, erased_on: datetime.date, kinds: Collection[str] = ()
) -> None:
    """Note an erasure, once. In the caller's transaction of the role `eraser`."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "INSERT INTO erasures.ledger (reference, erased_on, subject, kinds) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (reference) DO NOTHING",
            [reference, erased_on, subject_of(space, subject_id), list(kinds)],
        )


def lines() -> list[Erased]:
    """Every erasure that was done, oldest first."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT reference, erased_on, subject, kinds FROM erasures.ledger ORDER BY number")
        return [Erased(one, day, bytes(subject), tuple(kinds)) for one, day, subject, kinds in cursor.fetchall()]
