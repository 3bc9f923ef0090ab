"""Seals the secrets of the rows about to be written: only what is new or changed, a batch at a time."""

from collections.abc import Iterator

from django.db import connection
from psycopg import sql

from portals.feeds.columns import Derived
from portals.feeds.kinds import FeedKind
from portals.feeds.staging import run
from portals.secrets import blind_index
from portals.secrets.keys import data_keys
from portals.secrets.sealing import seal_with

BATCH = 5_000

Row = tuple[object, ...]


def index_column(column: str, place: str) -> Derived:
    """The blind index of a secret, computed while reading: "unchanged" compares it, and never the value."""
    return Derived(f"{column}_index", "bytea", lambda value: "\\x" + blind_index(place, value).hex())


def seal_rows(kind: FeedKind, columns: list[str]) -> None:
    """Fill `feed_sealed` (line, `<column>_sealed`…) for the rows of `feed_verdict`, making subjects' keys as needed."""
    if not columns:
        return
    places = {secret.column: str(secret.place) for secret in kind.secrets}
    clear = [sql.SQL("s.{}").format(sql.Identifier(column)) for column in columns]
    sealed = [sql.Identifier(f"{column}_sealed") for column in columns]
    typed = sql.SQL(", ").join(sql.SQL("{} bytea").format(name) for name in sealed)
    run(sql.SQL("CREATE TEMPORARY TABLE feed_sealed (line bigint, {})").format(typed))
    rows = sql.SQL(
        "SELECT s.line, {subject}, {clear} FROM feed_verdict v JOIN feed_staging s ON s.line = v.line"
        " WHERE num_nonnulls({clear}) > 0"
    ).format(subject=sql.SQL(kind.subject), clear=sql.SQL(", ").join(clear))
    copy = sql.SQL("COPY feed_sealed (line, {}) FROM STDIN (FORMAT text)").format(sql.SQL(", ").join(sealed))
    for batch in _batches(rows):
        keys = data_keys(str(row[1]) for row in batch)
        with connection.cursor() as cursor, cursor.copy(copy) as writer:
            for line, subject, *values in batch:
                key = keys[str(subject)]
                named = zip(columns, values, strict=True)
                writer.write_row([line, *(_sealed(key, str(subject), places[name], value) for name, value in named)])


def _sealed(key: bytes, subject: str, place: str, value: object) -> bytes | None:
    return None if value is None else seal_with(key, subject, place, str(value))


def _batches(statement: sql.Composable) -> Iterator[list[Row]]:
    """Rows by the thousand, through a cursor of the server: memory does not grow with the file."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DECLARE feed_secrets NO SCROLL CURSOR FOR {}").format(statement))
        while True:
            cursor.execute(sql.SQL("FETCH {} FROM feed_secrets").format(sql.Literal(BATCH)))
            batch = cursor.fetchall()
            if not batch:
                break
            yield batch
        cursor.execute("CLOSE feed_secrets")
