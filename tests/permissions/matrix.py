"""Reads `tests/permissions.toml`: for each URL name, each state and each method, one exact status."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = tomllib.loads((Path(__file__).parent.parent / "permissions.toml").read_text("utf-8"))
STATES: list[str] = TABLE["states"]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Expectation:
    url_name: str
    state: str
    method: str
    status: int


def expectations() -> list[Expectation]:
    """Every cell of the table. A row of `profiles` has one status per state; a method it does not name is 405 wherever
    GET is not already refused."""
    return [
        Expectation(url_name, state, method, status)
        for url_name, profile in TABLE["urls"].items()
        for method in METHODS
        for state, status in zip(STATES, _statuses(TABLE["profiles"][profile], method), strict=True)
    ]


def _statuses(profile: dict[str, list[int]], method: str) -> list[int]:
    return profile[method] if method in profile else profile["other"]


def url_names() -> list[str]:
    """Every named address of the site, `namespace:name`."""
    return _names(get_resolver().url_patterns, "")


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
    names: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += _names(pattern.url_patterns, inner)
        else:
            names.append(f"{prefix}{pattern.name}")
    return names
