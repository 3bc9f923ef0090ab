"""A worker's database put back as its clone of the template was, when nothing but rows was changed since.

A new clone writes two thousand files and starts with cold catalogs; most tests that commit leave some rows. So what they
wrote is deleted again, provided that this can be proven to be all:

- whoever is still connected is thrown out first, as before a new clone;
- no row of any catalog has come, gone or changed since the clone, nor what ANALYZE and VACUUM note in place;
- no table has grown beyond the size that the planner takes for small.

Anything else, and the caller clones. Numbers of transactions only rise: as many rows as before with the same sum of their
`xmin` are the same rows. That holds for the catalogs, and for the few tables that the migrations fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from django.conf import settings
from psycopg import sql

from config.embedded.postgres import SUPERUSER

GROWN = 32 * 8192
"""Bytes by which a table may have grown: dead rows stay, and what is read whole must not cost more test by test."""
MANY_ROWS = 5_000
"""Of a filled table: one that large is not put back row by row."""
SECONDS = 5

LEAVE = """
    SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
ALONE = "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database()"
CATALOGS = """
    SELECT relname FROM pg_class
     WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared ORDER BY relname
"""
ROWS = "SELECT '{table}', count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table} {filter}"
# The schemas of temporary tables stay when their tables have gone.
LASTING = {"pg_catalog.pg_namespace": "WHERE nspname !~ '^pg_(toast_)?temp_'"}
# What is written in place, without a new version of the row; and what shared catalogs say about this database.
IN_PLACE = """
    SELECT count(*), sum(hashtextextended(concat_ws(' ', oid, relpages, reltuples, relallvisible, relhasindex), 0)) FROM pg_class
"""
SHARED = """
    SELECT datdba, datacl::text, datconnlimit, datallowconn,
           (SELECT array_agg(setconfig::text ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = pg_database.oid)
      FROM pg_database WHERE datname = current_database()
"""
TABLES = """
    SELECT oid, oid::regclass::text, pg_relation_size(oid) FROM pg_class
     WHERE relkind = 'r' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
SIZES = "SELECT oid, pg_relation_size(oid) FROM pg_class WHERE oid = ANY(%s)"
CALLED = "SELECT seqrelid, pg_sequence_last_value(seqrelid) FROM pg_sequence"
# Sequences take no part in transactions.
CALL_BACK = """
    SELECT CASE WHEN last IS NULL THEN setval(seqrelid::regclass, seqstart, false) ELSE setval(seqrelid::regclass, last) END
      FROM unnest(%s::oid[], %s::bigint[]) AS original(number, last)
      JOIN pg_sequence ON seqrelid = number AND pg_sequence_last_value(seqrelid) IS DISTINCT FROM last
"""

type Mark = tuple[int, int]
type Catalogs = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """A table of ours in the clone: `content` is what it held, None where that was too much to keep."""

    oid: int
    name: str
    size: int
    content: bytes | None


def connect(name: str) -> psycopg.Connection:
    """As the embedded server's superuser, whom no trigger, policy or foreign key stops."""
    found = settings.DATABASES["owner"]
    return psycopg.connect(host=found["HOST"], port=found["PORT"], user=SUPERUSER, dbname=name)


class Original:
    """What a new clone holds; to be made before anybody writes to it."""

    def __init__(self, name: str) -> None:
        self.name = name
        with connect(name) as connection:
            self._catalog_names = [found for (found,) in connection.execute(CATALOGS)]
            self._catalogs = self._read_catalogs(connection)
            self._tables = [self._read_table(connection, *found) for found in connection.execute(TABLES).fetchall()]
            self._filled = {table.name: table for table in self._tables if table.size}
            self._first = self._marks = _marks(connection, list(self._filled))
            self._called = list(zip(*connection.execute(CALLED).fetchall(), strict=True))

    def cloned(self) -> None:
        """To be called when the database was cloned anew."""
        self._marks = self._first

    def put_back(self) -> bool:
        """Whether the database is again as it was; when it is not, it needs to be cloned anew."""
        try:
            with connect(self.name) as connection:
                return self._put_back(connection)
        except psycopg.Error:
            return False

    def _put_back(self, connection: psycopg.Connection) -> bool:
        connection.execute("SET LOCAL lock_timeout = '2s'; SET LOCAL session_replication_role = replica")
        connection.execute(LEAVE, [SECONDS * 1000])
        alone = connection.execute(ALONE).fetchone()
        if alone != (True,) or self._read_catalogs(connection) != self._catalogs:
            return False
        sizes: dict[int, int] = dict(connection.execute(SIZES, [[table.oid for table in self._tables]]).fetchall())
        if any(sizes[table.oid] > table.size + GROWN for table in self._tables):
            return False
        marks = _marks(connection, list(self._filled))
        changed = [table for name, table in self._filled.items() if marks[name] != self._marks[name]]
        if any(table.content is None for table in changed):
            return False
        written = [table.name for table in self._tables if sizes[table.oid] and not table.size]
        connection.execute(
            _sql(";".join(f"DELETE FROM {name}" for name in [*written, *(table.name for table in changed)]))
        )
        for table in changed:
            with (
                connection.cursor() as cursor,
                cursor.copy(_sql(f"COPY {table.name} FROM STDIN (FORMAT binary)")) as copy,
            ):
                copy.write(table.content or b"")
        connection.execute(CALL_BACK, [list(column) for column in self._called])
        self._marks = _marks(connection, list(self._filled)) if changed else marks
        return True

    def _read_catalogs(self, connection: psycopg.Connection) -> Catalogs:
        rows = _marks(connection, [f"pg_catalog.{name}" for name in self._catalog_names])
        return rows, connection.execute(IN_PLACE).fetchone(), connection.execute(SHARED).fetchone()

    def _read_table(self, connection: psycopg.Connection, oid: int, name: str, size: int) -> Table:
        content: bytes | None = None
        ((rows,),) = connection.execute(_sql(f"SELECT count(*) FROM {name}")) if size else [(0,)]
        if rows <= MANY_ROWS:
            with connection.cursor() as cursor, cursor.copy(_sql(f"COPY {name} TO STDOUT (FORMAT binary)")) as copy:
                content = b"".join(bytes(part) for part in copy)
        return Table(oid, name, size, content)


def _marks(connection: psycopg.Connection, tables: Sequence[str]) -> dict[str, Mark]:
    """What tells of each table whether any row of it came, went or changed."""
    parts = (ROWS.format(table=name, filter=LASTING.get(name, "")) for name in tables)
    found = connection.execute(_sql(" UNION ALL ".join(parts))).fetchall()
    return {name: (rows, total) for name, rows, total in found}


def _sql(statement: str) -> sql.SQL:
    """Our own words, and names as PostgreSQL quotes them."""
    return sql.SQL(statement)
