"""The one text of a journal entry: what is hashed, and what a proof shows.

A JSON array in this order: number, instant (UTC, microseconds), operation, account, space, tenant, whom it was for, by
which right, kind of object, object, result, version of the terms, session, reference of the request, details.
PostgreSQL writes it, so that millions of entries are read as fast as they are hashed; no function of the database is
asked, which its owner could replace.
"""

INSTANT = """to_char({entry}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

COLUMNS = (
    "action", "account_id", "space", "tenant_id", "subject_id", "acting_as", "object_kind", "object_id", "result",
    "terms_number", "session_hash", "reference", "details",
)  # fmt: skip


def text_of(entry: str) -> str:
    """The SQL expression of the text of the row `entry` (the alias of `privacy_entry` in the statement)."""
    columns = ", ".join(f"{entry}.{column}" for column in COLUMNS)
    return f"json_build_array({entry}.id, {INSTANT.format(entry=entry)}, {columns})::text"
