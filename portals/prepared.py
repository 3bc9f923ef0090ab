"""Queries of the ORM that most pages make: their SQL is worked out once for each process, their values are put in each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class ValueNotFound(ValueError):
    """A value that the query does not depend on, or that the ORM has turned into another."""


@dataclass(frozen=True)
class Place:
    """Where a value goes, by its name."""

    name: str


@dataclass(frozen=True)
class Prepared:
    """The SQL of one query set, with the places of its values."""

    sql: str
    parameters: tuple[Any, ...]

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What the query set would give, as tuples of what the driver reads: one query, on the same connection."""
        given = [values[one.name] if isinstance(one, Place) else one for one in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            return cursor.fetchall()


def prepare(make: Callable[..., QuerySet[Any, Any]], **stands: object) -> Prepared:
    """`make` called with values that stand for any other: of the types that it takes, and nowhere else in the query.

    Only for a query whose SQL is the same whatever its values (no list, no None). Raises ValueNotFound.
    """
    sql, parameters = make(**stands).query.sql_with_params()
    names = {stand: name for name, stand in stands.items()}
    if missing := names.keys() - set(parameters):
        raise ValueNotFound(sorted(names[stand] for stand in missing))
    return Prepared(sql, tuple(Place(names[one]) if one in names else one for one in parameters))
