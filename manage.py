#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL and REDIS_URL it runs on the embedded services."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

DEMO_SETTINGS = "config.settings.demo"
ROOT = Path(__file__).resolve().parent
WITHOUT_SERVICES = {
    "build_password_list",
    "check",
    "collectstatic",
    "compilemessages",
    "help",
    "makemessages",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEMO_SETTINGS)
    if not needs_services(sys.argv[1:]):
        execute()
        return

    from config.embedded import services

    signal.signal(signal.SIGTERM, leave)
    with services(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo"):
        try:
            execute()
        finally:
            close_connections()


def execute() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def needs_services(arguments: list[str]) -> bool:
    """Whether this command talks to a database or a broker that nobody has configured."""
    if all(os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL")):
        return False
    if settings_module(arguments) != DEMO_SETTINGS:
        return False
    if not arguments or any(word in {"-h", "--help", "--version"} for word in arguments):
        return False
    return arguments[0] not in WITHOUT_SERVICES or "--database" in arguments


def settings_module(arguments: list[str]) -> str:
    for position, word in enumerate(arguments):
        if word == "--settings" and position + 1 < len(arguments):
            return arguments[position + 1]
        if word.startswith("--settings="):
            return word.partition("=")[2]
    return os.environ["DJANGO_SETTINGS_MODULE"]


def close_connections() -> None:
    """Before the server may stop: a pool that loses its server complains."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """A polite request to end runs the `finally` blocks, which hand back the services."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
