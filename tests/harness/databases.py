"""The template database and its clones, one per worker."""

import os
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from psycopg import sql

from tests.harness import original
from tests.harness.original import Original

TEMPLATE = "template_portal"
ANY_DATABASE = "postgres"


def connect(name: str, alias: str = "owner") -> psycopg.Connection:
    """A plain connection to database `name`, as the role of `alias`, each statement on its own."""
    found = settings.DATABASES[alias]
    options = {key: value for key, value in found.get("OPTIONS", {}).items() if key != "pool"}
    return psycopg.connect(
        host=found["HOST"],
        port=found["PORT"],
        user=found["USER"],
        password=found["PASSWORD"],
        dbname=name,
        autocommit=True,
        **options,
    )


def create_template(migrate: Callable[[], None]) -> None:
    """Makes the template anew and lets `migrate` fill it."""
    with connect(ANY_DATABASE) as owner:
        _drop(owner, TEMPLATE)
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    migrate()
    with connect(ANY_DATABASE) as owner:
        owner.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(TEMPLATE)))


class WorkerDatabase:
    """The database of this worker: a clone of the template, renewed after a test that committed to it."""

    def __init__(self) -> None:
        self.name: str = settings.DATABASES["default"]["NAME"]
        self.soiled = True
        self.original: Original | None = None

    def renew(self) -> None:
        """Makes the clone as the migrations left it; costs nothing while nobody has committed."""
        if self.soiled:
            _close_connections()
            if self.original is None or not self.original.put_back():
                self.clone()
            self.soiled = False
        cache.clear()

    def clone(self) -> None:
        """Makes the database anew from the template."""
        self.drop()
        with connect(ANY_DATABASE) as owner:
            names = {"name": sql.Identifier(self.name), "template": sql.Identifier(TEMPLATE)}
            owner.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**names))
        if self.original is not None:
            self.original.cloned()
        elif not os.environ.get("DATABASE_URL"):  # the embedded server, whose superuser we are
            self.original = Original(self.name)

    def drop(self) -> None:
        """As the superuser where that is us: its own session of a moment ago may still be there for the owner to end."""
        _close_connections()
        with connect(ANY_DATABASE) if self.original is None else original.connect(ANY_DATABASE) as session:
            session.autocommit = True
            _drop(session, self.name)

    def soil(self) -> None:
        """To be called when something was, or may have been, committed."""
        self.soiled = True


def _close_connections() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Whoever is still connected is thrown out."""
    found = owner.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is None:
        return
    if found[0]:
        owner.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
    owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
