"""Looking for canaries everywhere: each row of each table, the cache, the private files, the logs."""

from collections.abc import Iterator

from django.conf import settings
from django.core.cache import caches
from django.db import connections

from tests.privacy.erasure.planted import OWNER


def everything() -> Iterator[tuple[str, str]]:
    """Every row of the database, every key of the cache, every private file, every line of the logs, with where it is."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'erasures') AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            for (row,) in cursor.fetchall():
                yield table, row
    client = caches["default"]._cache.get_client()  # type: ignore[attr-defined]  # of the Redis backend, to read what it holds
    for key in client.scan_iter(b"*"):
        yield "cache", repr(key) + repr(client.dump(key))
    for path in settings.PRIVATE_MEDIA_ROOT.rglob("*"):
        if path.is_file():
            yield f"file {path.name}", path.read_bytes().decode("latin-1")
    for path in settings.TEST_RUN_DIR.rglob("*.log"):
        yield f"log {path.name}", path.read_bytes().decode("latin-1")


def found(canaries: dict[str, tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """Which fields' canaries are still somewhere, and where."""
    left: dict[tuple[str, str], set[str]] = {}
    marks = {mark: place for word, place in canaries.items() for mark in (word, word.encode().hex())}
    for where, text in everything():
        for mark, place in marks.items():
            if mark in text:
                left.setdefault(place, set()).add(where)
    return left


def rows_with(canaries: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Every row that holds one of them, whole."""
    marks = [mark for word in canaries for mark in (word, word.encode().hex())]
    return sorted((where, text) for where, text in everything() if any(mark in text for mark in marks))
