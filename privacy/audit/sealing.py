"""Sealing the journal: entries taken in the order of their transactions into a Merkle tree, its root signed.

An entry becomes visible when its transaction commits, and transactions commit in any order: whoever reads by number
misses some. The sealer takes only the transactions older than every running one (`xid < xmin` of its own snapshot):
of those nothing can appear any more. One sealer works at a time; one that dies has written nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from privacy.audit.canonical import text_of
from privacy.audit.models import Seal
from privacy.transparency.checkpoints import Checkpoint, signed
from privacy.transparency.merkle import HASH_BYTES, Frontier, grown, leaf_hash, root_of

ALIAS = "sealer"
BATCH = 10_000
"""Entries of a seal, as a rule: a transaction is never cut in two."""
LOCK = 0x5EA1

# Of the cluster that runs: its name, and the first transaction that may still be running.
CLUSTER = """
    SELECT system_identifier::text, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    FROM pg_control_system()
"""
# Where the batch ends: the transaction that would make it longer, or the first that may still be running.
BATCH_END = """
    WITH due AS (
        SELECT xid::text::bigint AS number FROM privacy_entry
        WHERE xid >= %(horizon)s::text::xid8 AND xid < %(xmin)s::text::xid8 ORDER BY xid LIMIT %(batch)s + 1
    )
    SELECT CASE WHEN count(*) > %(batch)s THEN greatest(min(number) + 1, max(number)) ELSE %(xmin)s END FROM due
"""
DUE = f"""
    SELECT entry.id, entry.at, {text_of("entry")} FROM privacy_entry entry
    WHERE entry.xid >= %(horizon)s::text::xid8 AND entry.xid < %(end)s::text::xid8
    ORDER BY entry.xid, entry.id
"""  # noqa: S608  (the expression is ours)
# After a restore elsewhere, transaction numbers start again: once, entries are looked for by their absence from seals.
DUE_AFTER_RESTORE = f"""
    SELECT entry.id, entry.at, {text_of("entry")} FROM privacy_entry entry
    WHERE (entry.xid < %(xmin)s::text::xid8 OR entry.xid >= %(xmax)s::text::xid8)
        AND NOT EXISTS (SELECT FROM (SELECT unnest(entries) AS id FROM privacy_seal) sealed WHERE sealed.id = entry.id)
    ORDER BY entry.id
"""  # noqa: S608  (the expression is ours)


@dataclass(frozen=True)
class Batch:
    """Entries to seal, in order, and the transaction below which nothing remains."""

    cluster: str
    horizon: int
    rows: list[tuple[int, Any, str]]


def seal_due() -> int:
    """Seal what is due, batch after batch; returns how many entries. Nothing is done while another sealer works."""
    sealed = 0
    while True:
        with _sealer() as cursor:
            batch = _next_batch(cursor) if cursor else None
            if batch and batch.rows:
                _seal(batch)
        if not batch or not batch.rows:
            return sealed
        sealed += len(batch.rows)


@contextmanager
def _sealer() -> Iterator[Any]:
    """A transaction of the sealer, which gives its cursor, or None when another one is at work."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (alone,) = cursor.fetchone()
        yield cursor if alone else None


def _next_batch(cursor: Any) -> Batch:
    last = Seal.objects.using(ALIAS).only("cluster", "horizon").order_by("-number").first()
    cursor.execute(CLUSTER)
    cluster, xmin, xmax = cursor.fetchone()
    if last and last.cluster != cluster:
        cursor.execute(DUE_AFTER_RESTORE, {"xmin": xmin, "xmax": xmax})
        return Batch(cluster, xmin, cursor.fetchall())
    horizon = last.horizon if last else 0
    cursor.execute(BATCH_END, {"horizon": horizon, "xmin": xmin, "batch": BATCH})
    (end,) = cursor.fetchone()
    cursor.execute(DUE, {"horizon": horizon, "end": end})
    return Batch(cluster, end, cursor.fetchall())


def _seal(batch: Batch) -> None:
    last = Seal.objects.using(ALIAS).order_by("-number").first()
    first = last.size if last else 0
    hashes = [leaf_hash(text.encode()) for _number, _at, text in batch.rows]
    frontier = grown(frontier_of(last), first, hashes)
    size = first + len(hashes)
    numbers = [number for number, _at, _text in batch.rows]
    instants = [at for _number, at, _text in batch.rows]
    Seal.objects.using(ALIAS).create(
        number=last.number + 1 if last else 1,
        cluster=batch.cluster,
        horizon=batch.horizon,
        first=first,
        size=size,
        entries=numbers,
        least=min(numbers),
        greatest=max(numbers),
        first_at=min(instants),
        last_at=max(instants),
        hashes=b"".join(hashes),
        frontier=b"".join(frontier),
        checkpoint=signed(Checkpoint(settings.JOURNAL_ORIGIN, size, root_of(frontier)), settings.JOURNAL_KEY),
        sealed_at=timezone.now(),
    )


def frontier_of(seal: Seal | None) -> Frontier:
    """The frontier of the tree after this seal; empty before the first one."""
    return tuple(split_hashes(seal.frontier)) if seal else ()


def split_hashes(packed: bytes | memoryview) -> list[bytes]:
    """Hashes written one after the other."""
    hashes = bytes(packed)
    return [hashes[start : start + HASH_BYTES] for start in range(0, len(hashes), HASH_BYTES)]
