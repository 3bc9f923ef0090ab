"""What several tests start from, made once for those that follow one another.

Each test runs as ever in a transaction that is rolled back. Here that transaction is a savepoint of a longer
one, which holds what was made:

    BEGIN; SAVEPOINT before; (it is made); [SAVEPOINT test; …; ROLLBACK TO test] [SAVEPOINT test; …] ROLLBACK

A test takes part when nothing can tell: it finds the clock, the settings and the database as if it had made everything
itself. Otherwise it is made anew, where and when the test asks for it.
"""

import datetime
import pickle
import time
from collections.abc import Callable

import pytest
import time_machine
from django.conf import LazySettings, UserSettingsHolder, settings
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from portals.access import isolation

SECONDS = 8
"""How old it may be, by the clock of the test and by the server's, whose `now()` is the start of the transaction. The
sealer takes nothing younger than the oldest transaction of the server: tests of it that run beside wait for this one."""
WRITES_ELSEWHERE = {"transactional_db", "live_server", "owner_connection", "django_db_reset_sequences"}
# Each part of a transaction that has written holds the lock of its own number.
WRITTEN = f"""
    SELECT (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'transactionid'),
           concat({", ".join(f"current_setting('{name}', true)" for name in isolation.SETTINGS)})
"""


class WroteBefore(Exception):
    """A fixture wrote before this test asked, and did not before another test with the same fixtures."""


class Standing[Made]:
    """What `build` makes, which tests ask for by the fixture `name`."""

    def __init__(self, name: str, build: Callable[[], Made]) -> None:
        self.name = name
        self._build = build
        self._atomic: transaction.Atomic | None = None  # the longer transaction, while it is open
        self._made: bytes | None = None  # what it holds
        self._made_for: tuple[datetime.datetime, float, str] | None = None
        self._locks = 0
        self._opened = 0.0
        self._key: object = None
        self._writes_before: dict[object, bool] = {(): False}

    def prepare(self, item: pytest.Item) -> None:
        """Before the test's own transaction begins: keeps what is there for this test, or lets it go."""
        self._key = self._key_of(item)
        is_young = time.monotonic() - self._opened < SECONDS
        if self._key is not None and self._writes_before.get(self._key) is False and is_young and self._is_open():
            return
        self.leave()
        if self._key is not None:
            self._open()

    def leave(self) -> None:
        """Rolls the longer transaction back, with all that it holds."""
        atomic, self._atomic, self._made = self._atomic, None, None
        if atomic is not None and connection.in_atomic_block:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    def take(self) -> Made:
        """What the fixture returns: this test's own copy."""
        if self._atomic is None:
            return self._build()
        wrote = self._wrote()
        if self._made is None:
            self._writes_before[self._key] = wrote
        elif wrote:
            raise WroteBefore(self._key)
        if wrote:
            return self._build()
        if self._made is None or not self._fits():
            self._make()
        made: Made = pickle.loads(self._made or b"")  # noqa: S301  (our own, of a moment ago)
        return made

    def _key_of(self, item: pytest.Item) -> object:
        """The module and the fixtures that come first: tests that share them write the same before they ask.

        () where none comes first, None for a test that takes no part.
        """
        names: list[str] = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        elsewhere = marker is not None and (set(marker.kwargs) - {"databases"} or bool(marker.args))
        aliases = marker.kwargs.get("databases") if marker is not None else None
        if self.name not in names or WRITES_ELSEWHERE & set(names) or elsewhere:
            return None
        if aliases is not None and aliases != "__all__" and "default" not in aliases:
            return None
        first = tuple(name for name in names[: names.index(self.name)] if _may_write(item, name))
        callspec = getattr(item, "callspec", None)
        parameters = callspec.id if callspec is not None and set(callspec.params) & set(first) else ""
        return (item.path, first, parameters) if first else ()

    def _open(self) -> None:
        self._opened = time.monotonic()
        self._atomic = transaction.atomic()
        vars(self._atomic)["_from_testcase"] = True  # as Django's own: `durable` blocks may stand in it
        self._atomic.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before")

    def _is_open(self) -> bool:
        """Whether the last test left the longer transaction as it was."""
        if self._atomic is None or connection.connection is None or self._made is None:
            return False
        undisturbed = connection.in_atomic_block and not connection.needs_rollback and not connection.savepoint_ids
        status = connection.connection.info.transaction_status
        return undisturbed and not connection.closed_in_transaction and status == TransactionStatus.INTRANS

    def _make(self) -> None:
        """Under the test's savepoint, which is taken away and set again: nothing was written after it."""
        (test,) = connection.savepoint_ids
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT before")
            self._made = None
            moment = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
            try:
                with time_machine.travel(moment, tick=False):
                    self._made = pickle.dumps(self._build())
                # What foreign keys have yet to check would be checked again by each test.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            except BaseException:
                cursor.execute("ROLLBACK TO SAVEPOINT before")
                raise
            finally:
                cursor.execute(connection.ops.savepoint_create_sql(test))
        self._made_for = moment, time.monotonic(), _overrides(settings)
        self._locks = self._state()[0]

    def _fits(self) -> bool:
        if self._made_for is None:
            return False
        moment, started, overrides = self._made_for
        age = (datetime.datetime.now(datetime.UTC) - moment).total_seconds()
        return 0 <= age < SECONDS and time.monotonic() - started < SECONDS and overrides == _overrides(settings)

    def _wrote(self) -> bool:
        """Whether the test did anything to the database before it asked."""
        locks, context = self._state()
        return (
            locks > (self._locks if self._made is not None else 0) or bool(context) or len(connection.savepoint_ids) > 1
        )

    def _state(self) -> tuple[int, str]:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            locks, context = cursor.fetchone() or (0, "")
        return locks, context


def _may_write(item: pytest.Item, fixture: str) -> bool:
    """Whether it is of a test module: those of plugins and of `tests/conftest.py` write nothing before they are used."""
    found = vars(item)["_fixtureinfo"].name2fixturedefs.get(fixture)
    module: str = found[-1].func.__module__ if found else ""
    return module.startswith("tests.") and module not in {"tests.conftest", "tests.cast"}


def _overrides(current: LazySettings) -> str:
    """The settings that fixtures have changed for this test."""
    found: list[str] = []
    holder: object = vars(current)["_wrapped"]
    while isinstance(holder, UserSettingsHolder):
        found.append(repr(sorted((name, repr(value)) for name, value in vars(holder).items() if name.isupper())))
        holder = holder.default_settings
    return "".join(found)
