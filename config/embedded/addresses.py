"""Where the embedded services answer: addresses only, nothing is started or created here.

Settings import this module, so it stays on the standard library and touches nothing but `stat`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from config.embedded.placement import placement

DATABASE = "mutuelle"
POSTGRES_PORT = 5432  # only names the socket file; no TCP port is opened


def database_settings(directory: Path | str, role: str, name: str = DATABASE) -> dict[str, Any]:
    """A Django `DATABASES` entry for `role` on the embedded server."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(placement(directory).sockets),
        "PORT": str(POSTGRES_PORT),
        "NAME": name,
        "USER": role,
        "PASSWORD": "",
    }


def database_url(directory: Path | str, role: str, name: str = DATABASE) -> str:
    """A libpq address of database `name` for `role`."""
    sockets = quote(str(placement(directory).sockets), safe="")
    return f"postgresql://{role}@/{name}?host={sockets}&port={POSTGRES_PORT}"


def redis_url(directory: Path | str, database: int = 0) -> str:
    """The address that redis-py and Django's cache understand."""
    return f"unix://{_valkey_socket(directory)}?db={database}"


def broker_url(directory: Path | str, database: int = 0) -> str:
    """The same server as `redis_url`, written as Celery's transport wants it."""
    return as_broker(redis_url(directory, database))


def as_broker(url: str) -> str:
    """A redis-py address as Celery writes it: only that of a Unix socket differs."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


def numbered(url: str, database: int) -> str:
    """The same server's database number `database`."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={database}"
    return parts._replace(path=f"/{database}").geturl()


def _valkey_socket(directory: Path | str) -> str:
    return quote(str(placement(directory).valkey_socket))
