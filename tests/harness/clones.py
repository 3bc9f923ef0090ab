"""Clones of the template beside those of the workers, for processes that need a database of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.harness.databases import ANY_DATABASE, TEMPLATE, connect


@contextmanager
def clone(name: str) -> Iterator[str]:
    """Database `name`, as the migrations left it; dropped at the end."""
    names = {"name": sql.Identifier(name), "template": sql.Identifier(TEMPLATE)}
    with connect(ANY_DATABASE) as owner:
        _drop(owner, name)
        owner.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**names))
    try:
        yield name
    finally:
        with connect(ANY_DATABASE) as owner:
            _drop(owner, name)


def _drop(owner: psycopg.Connection, name: str) -> None:
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
