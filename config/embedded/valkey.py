"""The embedded Valkey: broker, cache and limits. Append-only file on, so that a restart keeps the queue."""

import os
import signal
import socket
from pathlib import Path

from config.embedded.binaries import valkey_server
from config.embedded.errors import EmbeddedError
from config.embedded.placement import Placement, server_user
from config.embedded.processes import is_alive, start_detached, stop, tail, wait_until

START_SECONDS = 60
STOP_SECONDS = 15
DATABASES = 64  # one for each worker of a parallel test run


def start(place: Placement, *, durable: bool) -> None:
    """Starts Valkey on its Unix socket; does nothing when it answers already."""
    if _answers(place.valkey_socket):
        return
    user = server_user(place)
    log = place.logs / "valkey.log"
    command = _command(place, valkey_server(user), durable)
    start_detached(command, user=user, log=log, environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"})
    if not wait_until(lambda: _answers(place.valkey_socket), START_SECONDS):
        raise EmbeddedError(f"Valkey did not start. The end of {log}:\n{tail(log)}")


def shut_down(place: Placement) -> None:
    """Stops Valkey, its file written."""
    try:
        pid = int((place.valkey / "valkey.pid").read_text())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return
    stop(pid, folder=place.valkey, signals=(signal.SIGTERM, signal.SIGKILL), patience=STOP_SECONDS)
    if is_alive(pid, folder=place.valkey):
        raise EmbeddedError(f"Valkey (process {pid}) does not stop")


def _command(place: Placement, program: Path, durable: bool) -> list[str | Path]:
    settings = {
        "port": "0",
        "unixsocket": str(place.valkey_socket),
        "unixsocketperm": "700",
        "dir": str(place.valkey),
        "pidfile": str(place.valkey / "valkey.pid"),
        "databases": str(DATABASES),
        "appendonly": "yes" if durable else "no",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "notice",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [program, *options]


def _answers(address: Path) -> bool:
    """Whether the server accepts commands (it refuses them while it loads its file)."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            client.connect(str(address))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
    except OSError:
        return False
