"""The address that the demo listens on."""

import socket

LOOPBACK = "127.0.0.1"
TRIES = 100


class NoFreePort(RuntimeError):
    """Neither the port asked for nor any of the next ones is free."""


def listen(wanted: int) -> socket.socket:
    """A listening socket on `wanted`, or on the next free port; it stays ours when the web process restarts."""
    for port in range(wanted, min(wanted + TRIES, 65536)):
        try:
            return socket.create_server((LOOPBACK, port), backlog=256)
        except OSError:
            continue
    raise NoFreePort(f"no free port from {wanted} to {wanted + TRIES - 1}; choose another one with PORT=")
