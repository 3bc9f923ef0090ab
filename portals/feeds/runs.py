"""The record of each run. It is written outside the loading transaction, so that a refusal leaves its trace."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.utils import timezone

from portals.feeds.counts import FeedCounts
from portals.feeds.errors import FeedRefused
from portals.feeds.models import FeedRun, FeedState

BUSY = "un autre chargement de ce flux est en cours ; relancez celui-ci quand il sera terminé."
# First of the two numbers of the advisory locks that feeds take.
LOCKS = 0x0FEED


@contextmanager
def recorded(kind: str, actor: str) -> Iterator[FeedRun]:
    """A run that starts. What ends it with an error is recorded as a refusal, and raised again."""
    started = FeedRun.objects.create(kind=kind, actor=actor[:60])
    try:
        yield started
    except BaseException:
        # When the database is gone too, the next run of this kind will say that this one never ended.
        with suppress(DatabaseError):
            started.state = FeedState.REFUSED
            started.finished_at = timezone.now()
            started.save()
        raise


def take_turn(kind: str) -> None:
    """Hold the kind until the end of the transaction. Raises `FeedRefused` when another run holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, kind])
        if not cursor.fetchone()[0]:
            raise FeedRefused(BUSY)


def wait_turn(kind: str) -> None:
    """Hold the kind until the end of the transaction, once whoever holds it has finished: nothing of it loads meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, kind])


def close_dead_runs(started: FeedRun) -> None:
    """Runs of this kind that still say "running" were killed, since this one holds the lock."""
    dead = FeedRun.objects.filter(kind=started.kind, state=FeedState.RUNNING).exclude(pk=started.pk)
    dead.update(state=FeedState.REFUSED, finished_at=timezone.now())


def finish(started: FeedRun, state: FeedState, counts: FeedCounts) -> None:
    started.state = state
    started.read, started.created, started.updated = counts.read, counts.created, counts.updated
    started.unchanged, started.rejected = counts.unchanged, counts.rejected
    started.finished_at = timezone.now()
    started.save()
