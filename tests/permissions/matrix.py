"""Reads `tests/permissions.toml`: for each URL name, each state and each method, one exact status."""

import itertools
import tomllib
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = tomllib.loads((Path(__file__).parent.parent / "permissions.toml").read_text("utf-8"))
STATES: list[str] = list(itertools.chain.from_iterable(TABLE["states"]))
METHODS = ("GET", "PUT", "PATCH", "DELETE", "POST")
"""POST comes last: it is the one that may act, sign out or end sessions."""

type Rows = dict[str, list[list[int]]]


def expectations_of(url_name: str) -> dict[str, dict[str, int]]:
    """What each state gets from each method at this address."""
    profile: Rows = TABLE["profiles"][TABLE["urls"][url_name]]
    rows = {method: _statuses(profile, method) for method in METHODS}
    return {state: {method: rows[method][rank] for method in METHODS} for rank, state in enumerate(STATES)}


def _statuses(profile: Rows, method: str) -> list[int]:
    """One status per state; `other` stands for the methods that the profile does not name."""
    statuses = list(itertools.chain.from_iterable(profile.get(method, profile["other"])))
    if len(statuses) != len(STATES):
        raise ValueError(f"{len(statuses)} statuses for {len(STATES)} states: {statuses}")
    return statuses


def url_names() -> list[str]:
    """Every named address of the site, `namespace:name`."""
    return _names(get_resolver().url_patterns, "")


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
    names: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name == "admin":
            continue  # the staff's site has a matrix of its own, by role: tests/portals/gestion/test_roles.py
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += _names(pattern.url_patterns, inner)
        else:
            names.append(f"{prefix}{pattern.name}")
    return names
