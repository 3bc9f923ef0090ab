"""Loading a feed file: read into staging, check by sets, write what is new or different, in one transaction."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

from portals.access import isolation
from portals.feeds import staging
from portals.feeds.counts import FeedCounts
from portals.feeds.header import layout_of
from portals.feeds.kinds import FeedKind, kind_named
from portals.feeds.models import FeedRun, FeedState
from portals.feeds.rejects import Spool, first_rejects, write_rejects
from portals.feeds.rows import RowReader
from portals.feeds.runs import close_dead_runs, finish, recorded, take_turn
from portals.feeds.sealing import seal_rows
from portals.feeds.source import FeedFile, open_feed
from portals.feeds.statements import Statements
from portals.history.actor import acts
from portals.signals import Details, announce

# Told the bytes read so far, then once more when reading is over and writing starts.
Progress = Callable[[int], None]

SHOWN_REJECTS = 20
# For the loading transaction only: a million rows are joined in the server's memory (512 MB at most for a join; more
# rows go through its temporary files), and statistics come from a small sample.
PLANNING = {"work_mem": "128MB", "hash_mem_multiplier": "4", "default_statistics_target": "10"}


class _RolledBack(Exception):
    """Ends the loading transaction of a trial run, or of a strict one with rejects."""


@dataclass(frozen=True)
class _Terms:
    """How the caller wants it."""

    dry_run: bool
    strict: bool
    rejects: Path | None

    def outcome(self, counts: FeedCounts) -> FeedState:
        if self.strict and counts.rejected:
            return FeedState.REFUSED
        return FeedState.DRY if self.dry_run else FeedState.DONE


def load(
    kind: str,
    path: Path | str,
    *,
    dry_run: bool = False,
    strict: bool = False,
    rejects: Path | str | None = None,
    actor: str = "",
    progress: Progress | None = None,
) -> FeedCounts:
    """Load a feed file and say what became of its rows.

    `dry_run` does everything and rolls it back. `strict` loads nothing when a row is rejected. `rejects` is the file
    that receives the rejected rows. `actor` says who launched it (a role or a task, not a person's name). `progress`
    is told the number of bytes of each block read. Raises `FeedRefused` when the feed stops: nothing is loaded.
    Call it outside a transaction, so that the record of a refused run stays.
    """
    declared = kind_named(kind)
    terms = _Terms(dry_run, strict, None if rejects is None else Path(rejects))
    with recorded(kind, actor) as started, open_feed(Path(path)) as file, Spool() as spool:
        source = FeedFile(progress or (lambda size: None))
        layout = layout_of(declared, source.header(file))
        statements = Statements(declared, layout)
        reader = RowReader(layout, spool.add)
        with staging.temporary_tables(declared):
            with transaction.atomic():
                take_turn(kind)
                staging.copy_rows(layout, reader.staged(source.blocks(file)))
                spool.copy()
            started.file_sha256 = source.sha256
            _make_partitions(statements)
            counts = _settle(statements, reader.read, started, terms)
        if not counts.loaded:
            finish(started, terms.outcome(counts), counts)
        return counts


def _settle(statements: Statements, read: int, started: FeedRun, terms: _Terms) -> FeedCounts:
    """Check and write what is staged, in one transaction, with the record of the run when it is kept."""
    kind = statements.kind.name
    with suppress(_RolledBack), isolation.system():
        take_turn(kind)
        acts(account_id=None, operation=f"feed:{kind}:{started.pk}")
        close_dead_runs(started)
        counts = _write(statements.kind, statements, read)
        if terms.rejects is not None:
            write_rejects(terms.rejects)
        if terms.outcome(counts) != FeedState.DONE:
            counts = counts.not_loaded(nothing=terms.outcome(counts) == FeedState.REFUSED)
            raise _RolledBack
        finish(started, FeedState.DONE, counts)
        details: Details = {"created": counts.created, "updated": counts.updated, "rejected": counts.rejected}
        announce("feed.loaded", by=None, object_kind=f"feed.{kind}", object_id=started.pk, details=details)
    return counts


def _write(kind: FeedKind, statements: Statements, read: int) -> FeedCounts:
    with connection.cursor() as cursor:
        for setting, value in PLANNING.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
    staging.analyze("feed_staging", {column.in_staging for column in statements.compared})
    staging.run(statements.examine())
    _reject(statements)
    staging.analyze("feed_verdict", ["line", "current_id"])
    rejected = staging.number_rejected()
    new, changed = staging.numbers_to_write()
    if new or changed:
        for statement in kind.prepare:
            staging.run(sql.SQL(statement))
        seal_rows(kind, [secret.column for secret in kind.secrets if secret.column in statements.layout.names])
    if changed:
        staging.run(statements.update())
    if new:
        staging.run(statements.insert(everything=new == read - rejected))
    if new or changed:
        for statement in kind.afterwards:
            staging.run(sql.SQL(statement))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    unchanged = read - rejected - new - changed
    return FeedCounts(read, new, changed, unchanged, rejected, True, tuple(first_rejects(SHOWN_REJECTS)))


def _reject(statements: Statements) -> None:
    """Row by row first, then keys, then what only the other rows can tell."""
    found = staging.run(statements.reject_problems()) + staging.run(statements.reject_repeated_keys())
    if found:
        staging.drop_rejected()
    for statement in statements.reject_by_set():
        if staging.run(statement):
            staging.drop_rejected()


def _make_partitions(statements: Statements) -> None:
    """The months that the file speaks of, each in its own short transaction: making one locks the table's readers."""
    for table, statement in statements.months():
        with isolation.system(), connection.cursor() as cursor:
            cursor.execute(statement)
            months = [month for (month,) in cursor.fetchall()]
        with connection.cursor() as cursor:
            for month in months:
                cursor.execute("SELECT ensure_month(%s::regclass, %s)", [table, month])
