"""Reading settings from the environment: a missing or malformed value fails at start, with its name."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def lines(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Several lines in one variable, separated by `|`."""
    value = os.environ.get(name)
    return default if value is None else tuple(part.strip() for part in value.split("|") if part.strip())


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be 0 or 1.")
    return default


def secret(name: str) -> str:
    """A secret, from NAME or from the file that NAME_FILE points to (container secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return text(name)


def given(name: str) -> bool:
    """Whether `secret(name)` would find something."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def listed(name: str) -> list[dict[str, str]]:
    """A secret that is a JSON list of objects with text values; nothing when it is not given."""
    if not given(name):
        return []
    try:
        found = json.loads(secret(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a JSON list.") from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ImproperlyConfigured(f"{name} must be a JSON list of objects.")
    return found


def database(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?option=value` as Django's DATABASES entry.

    A host that starts with `/` (percent-encoded) is the directory of a Unix socket.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("A database URL starts with postgresql://.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
