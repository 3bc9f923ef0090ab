"""The embedded services as one thing: started or joined, used, left."""

from pathlib import Path
from types import TracebackType
from typing import Self

from config.embedded import addresses, postgres, valkey
from config.embedded.lease import Lease
from config.embedded.placement import Placement, create_directory, placement, prepare


class Services:
    """PostgreSQL and Valkey of one directory, in use until `close()`.

    Any number of processes may hold the same directory's; the last to leave stops them. What a crash
    left behind is put right at the next start. `durable=False` trades safety for speed (tests) and
    only counts for the process that starts the servers.
    """

    def __init__(self, directory: Path | str, *, durable: bool = True) -> None:
        self.directory = Path(directory).resolve()
        create_directory(self.directory)
        self._durable = durable
        self._lease = Lease(self.directory, start=self._start, stop=self._stop)

    @property
    def redis_url(self) -> str:
        return addresses.redis_url(self.directory)

    def database_url(self, role: str, name: str = addresses.DATABASE) -> str:
        return addresses.database_url(self.directory, role, name)

    def close(self) -> None:
        self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        place = placement(self.directory)
        prepare(place)
        postgres.start(place, durable=self._durable)
        valkey.start(place, durable=self._durable)

    def _stop(self) -> None:
        stop_services(placement(self.directory))


def stop_services(place: Placement) -> None:
    """Stops the servers of `place`, whoever started them."""
    valkey.shut_down(place)
    postgres.shut_down(place)
