"""How far an archive is, while its transaction shows nothing yet: a figure in the cache, that says nothing of anybody."""

from collections.abc import Callable

from django.core.cache import cache
from redis.exceptions import RedisError

from portals.accounts.export.rules import percentage

KEPT_SECONDS = 3600


def reporter(export_id: int) -> Callable[[int, int], None]:
    """Tells `progress_of`. Without a cache the archive is made all the same."""

    def report(done: int, total: int) -> None:
        try:
            cache.set(_key(export_id), percentage(done, total), KEPT_SECONDS)
        except RedisError:
            return

    return report


def progress_of(export_id: int) -> int:
    """In hundredths; 0 before it begins, and when nobody knows."""
    try:
        return int(cache.get(_key(export_id), 0))
    except RedisError:
        return 0


def _key(export_id: int) -> str:
    return f"export-progress:{export_id}"
