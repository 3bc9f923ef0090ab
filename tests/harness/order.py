"""Pytest plugin: the order of chance, but for what costs more in one order than in another.

- Modules without any test of the database come first: meanwhile the template is migrated, which in CI takes a minute.
- Within a module tests with the cast come first or last, in turn: then those of two modules follow one another, and
  the cast stands for all of them (`tests.harness.standing`).

Modules among themselves, and tests within each part of a module, stay as they were shuffled.
"""

from pathlib import Path

import pytest

CAST = "cast"
DATABASE = {"django_db_setup", "db", "transactional_db", "fresh_database"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    with_database = {item.path for item in items if _asks_for(item, DATABASE) or item.get_closest_marker("django_db")}
    modules = sorted(dict.fromkeys(item.path for item in items), key=with_database.__contains__)
    rank: dict[Path, int] = {path: place for place, path in enumerate(modules)}
    items.sort(key=lambda item: (rank[item.path], _asks_for(item, {CAST}) == bool(rank[item.path] % 2)))


def _asks_for(item: pytest.Item, fixtures: set[str]) -> bool:
    return bool(fixtures & set(getattr(item, "fixturenames", ())))
