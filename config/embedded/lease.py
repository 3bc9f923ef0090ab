"""Who uses a set of services: shared locks that the kernel drops when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DOOR = "services.door"
LEASE = "services.lease"


class Lease:
    """One process's use of the services of `directory`.

    The door (exclusive, short) lets one process at a time come or go, so that starting and stopping
    never cross. The lease (shared) is held as long as the services are needed; whoever leaves and
    can take it exclusively was the last.
    """

    def __init__(self, directory: Path, *, start: Callable[[], None], stop: Callable[[], None]) -> None:
        self._directory = directory
        self._stop = stop
        self._pid = os.getpid()
        with _door(directory):
            self._held: int | None = os.open(directory / LEASE, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._held, fcntl.LOCK_SH)
            try:
                start()
            except BaseException:
                self._leave()
                raise

    def close(self) -> None:
        """Leaves; the last one stops the services. Does nothing in a forked child or a second time."""
        if self._held is None or self._pid != os.getpid():
            return
        with _door(self._directory):
            self._leave()

    def _leave(self) -> None:
        if self._held is None:
            return
        fcntl.flock(self._held, fcntl.LOCK_UN)
        os.close(self._held)
        self._held = None
        with unused(self._directory) as alone:
            if alone:
                self._stop()


@contextmanager
def unused(directory: Path) -> Iterator[bool]:
    """Whether nobody holds a lease on `directory`; nobody can take one meanwhile."""
    descriptor = os.open(directory / LEASE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


@contextmanager
def _door(directory: Path) -> Iterator[None]:
    descriptor = os.open(directory / DOOR, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
