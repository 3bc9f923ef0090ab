"""Waiting for the transactions of others: numbers are the cluster's, so tests that run beside hold the sealer back."""

import time

from django.db import connection

from privacy.audit.sealing import seal_due

PATIENCE_SECONDS = 120
SETTLED = """
    SELECT coalesce(max(xid)::text::bigint, 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM privacy_entry WHERE xid < pg_snapshot_xmax(pg_current_snapshot())::text::xid8
"""
"""Numbers not given out yet are those of another server, from before a restore."""


def seal_settled() -> int:
    """Seal when no transaction as old as the entries runs any more, in any database; returns how many were sealed."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while not _is_settled():
        assert time.monotonic() < limit, "a transaction as old as the entries runs on"
        time.sleep(0.05)
    return seal_due()


def _is_settled() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        return bool(cursor.fetchone()[0])
