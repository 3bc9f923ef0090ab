"""Real processes of the product, on the worker's own database and broker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from django.conf import settings

from config.embedded.processes import tail, wait_until

START_SECONDS = 60
STOP_SECONDS = 20


@contextmanager
def running(
    name: str,
    command: Sequence[str | Path],
    *,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """`command` with the environment of this worker, in its own group; stopped at the end with its children.

    `environment` is what differs for this process.
    """
    log = log_of(name)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=pass_fds,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, then ends its whole group."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def log_of(name: str) -> Path:
    directory: Path = settings.TEST_RUN_DIR
    return directory / settings.TEST_WORKER / f"{name}.log"


@contextmanager
def celery_worker() -> Iterator[subprocess.Popen[bytes]]:
    """`celery worker` with one process that takes one task at a time; ready when yielded."""
    host = f"test-{time.monotonic_ns()}"
    options = ["--concurrency=1", "--prefetch-multiplier=1", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", f"--hostname={host}@%h", *options]
    log = log_of("celery")
    start = log.stat().st_size if log.exists() else 0
    with running("celery", command) as process:
        ready = wait_until(lambda: process.poll() is not None or _says_ready(log, start), START_SECONDS)
        if not ready or process.poll() is not None:
            raise RuntimeError(f"the Celery worker did not start:\n{tail(log)}")
        yield process


def _says_ready(log: Path, start: int) -> bool:
    with log.open("rb") as content:
        content.seek(start)
        return b" ready." in content.read()


def broker() -> redis.Redis:
    """A client of this worker's own Valkey database, to look into it or to flush it."""
    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])


@contextmanager
def site(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """gunicorn as in the demo, on a free port of the loopback; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        options = ["--worker-class=gthread", "--workers=1", "--threads=4", "--no-control-socket"]
        bind = f"--bind=fd://{listener.fileno()}"
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", bind, *options]
        # Passkeys are bound to a name: the site answers to `localhost` as well, and takes it for its own address.
        own = {"SITE_ADDRESS": f"http://localhost:{listener.getsockname()[1]}", **(environment or {})}
        with running("gunicorn", command, pass_fds=[listener.fileno()], environment=own) as process:
            ready = wait_until(lambda: process.poll() is not None or _answers(listener.getsockname()), START_SECONDS)
            if not ready or process.poll() is not None:
                raise RuntimeError(f"gunicorn did not start:\n{tail(log_of('gunicorn'))}")
            yield address


def _answers(address: tuple[str, int]) -> bool:
    """Whether a request gets any answer: the listener accepts before the application is loaded."""
    try:
        with socket.create_connection(address, timeout=START_SECONDS) as client:
            client.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return client.recv(5) == b"HTTP/"
    except OSError:
        return False
