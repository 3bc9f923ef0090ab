"""The cache in Valkey, whose client is made once rather than at each command."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class OneClient(RedisCacheClient):
    """Keeps redis-py's client of each server: to make one takes longer than most commands, and it holds but its pool."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._made: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client of the server that a command goes to."""
        server = self._get_connection_pool_index(write)  # type: ignore[attr-defined]  # Django's own, not in its stubs
        if server not in self._made:
            self._made[server] = super().get_client(key, write=write)
        return self._made[server]


class ValkeyCache(RedisCache):
    """Django's Redis cache, with `OneClient`. Django makes one for each thread."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
