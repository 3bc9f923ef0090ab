"""The temporary tables of a run: staged rows, rejects, verdicts.

They hold NIR and IBAN in clear for the length of a run. Temporary tables are neither in the write-ahead log nor in a
backup; they are dropped at the end of the run, whatever its end.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from django.db import DatabaseError, connection
from psycopg import sql

from portals.feeds.header import Layout
from portals.feeds.kinds import FeedKind

TABLES = ("feed_staging", "feed_rejects", "feed_verdict", "feed_sealed")
REJECT_COLUMNS = ("line", "column", "code", "message")


def run(statement: sql.Composable) -> int:
    """Execute and return the number of rows concerned."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


@contextmanager
def temporary_tables(kind: FeedKind) -> Iterator[None]:
    """The staging of one file, gone at the end. Columns that the file does not have are there, and empty."""
    drop = sql.SQL("DROP TABLE IF EXISTS {}").format(sql.SQL(", ").join(map(sql.Identifier, TABLES)))
    run(drop)
    staged = [pair for column in kind.columns for pair in column.staged]
    columns = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(type_)) for name, type_ in staged]
    run(sql.SQL("CREATE TEMPORARY TABLE feed_staging (line bigint, {})").format(sql.SQL(", ").join(columns)))
    run(sql.SQL('CREATE TEMPORARY TABLE feed_rejects (line bigint, "column" text, code text, message text)'))
    try:
        yield
    finally:
        # A lost connection took the tables with it, and its error is already on its way.
        with suppress(DatabaseError):
            run(drop)


def copy_rows(layout: Layout, rows: Iterable[bytes]) -> None:
    """Stream the accepted rows into staging; the database parses them while we read on."""
    names = [sql.Identifier(name) for column in layout.columns for name, _ in column.staged]
    statement = sql.SQL("COPY feed_staging (line, {}) FROM STDIN (FORMAT csv, DELIMITER {})").format(
        sql.SQL(", ").join(names), sql.Literal(layout.delimiter)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in rows:
            copy.write(block)


def copy_rejects(spool: BinaryIO) -> None:
    """The rejects found while reading join those that sets will find."""
    statement = sql.SQL('COPY feed_rejects (line, "column", code, message) FROM STDIN (FORMAT csv)')
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while block := spool.read(1 << 18):
            copy.write(block)


def drop_rejected() -> None:
    """Rejected rows leave: what remains is right, and what remains in the verdict is to be written."""
    for table in ("feed_staging", "feed_verdict"):
        run(sql.SQL("DELETE FROM {} kept USING feed_rejects r WHERE r.line = kept.line").format(sql.Identifier(table)))


def number_rejected() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM feed_rejects")
        return int(cursor.fetchone()[0])


def numbers_to_write() -> tuple[int, int]:
    """How many rows are new, how many changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(current_id), count(current_id) FROM feed_verdict")
        new, changed = cursor.fetchone()
        return int(new), int(changed)


def analyze(table: str, columns: Iterable[str] = ()) -> None:
    """Tell the planner how big a temporary table is: a hundred rows or a million want different plans."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    run(sql.SQL("ANALYZE {} ({})").format(sql.Identifier(table), names))
