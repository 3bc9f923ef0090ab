"""Reading the figures, as the database role `statistics`: it was granted their cells and their words, and no table else.

Sums of cells only: a sum of cells describes more people than each of them.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connections
from psycopg import sql

from portals.presentation.formats import month_name
from privacy.statistics.rules import AGES, REGIONS, SEXES

ALIAS = "statistics"
AXES = {
    "family": "Famille de soins",
    "age": "Âge",
    "sex": "Sexe",
    "region": "Région",
    "plan": "Formule",
    "month": "Mois",
}
"""What figures are laid out by, one at a time."""
REST = "Non détaillé"
COLUMNS = ("month", "family", "age", "sex", "region", "plan", "at_least", "acts", "expense", "mutual")


class FiguresClosed(Exception):
    """This process was not given the address of the role."""


@dataclass(frozen=True)
class Asked:
    """What is read: one source, months both included, one family or all of them, along one axis."""

    source: str
    since: datetime.date
    until: datetime.date
    axis: str = "family"
    family: str = ""


@dataclass(frozen=True)
class Line:
    """`is_rest`: what could not be told apart. Amounts in euros."""

    code: str
    label: str
    acts: int
    expense: Decimal
    mutual: Decimal
    is_rest: bool = False

    @property
    def share(self) -> Decimal | None:
        """What the mutual paid of the expense: 0.25 for 25 %."""
        return round(self.mutual / self.expense, 2) if self.expense > 0 else None


@dataclass(frozen=True)
class Words:
    families: dict[str, str]
    plans: dict[str, str]

    def of(self, axis: str, code: str) -> str:
        if not code:
            return REST
        if axis == "month":
            return month_name(datetime.date.fromisoformat(code)).capitalize()
        known = {"family": self.families, "plan": self.plans, "age": AGES, "sex": SEXES, "region": REGIONS}
        return known[axis].get(code, code)


def is_open() -> bool:
    return ALIAS in connections.settings


def months_of(source: str) -> list[datetime.date]:
    """The months that were published, the latest first."""
    return [
        row[0]
        for row in _rows("SELECT DISTINCT month FROM statistics.cell WHERE source = %s ORDER BY 1 DESC", [source])
    ]


def words() -> Words:
    found = list(_rows("SELECT kind, code, label FROM statistics.word ORDER BY label, code", []))
    return Words(*({code: label for kind, code, label in found if kind == wanted} for wanted in ("family", "plan")))


def lines_of(asked: Asked, known: Words) -> list[Line]:
    """The figures along the axis, in its order, with what is told apart nowhere last. Raises KeyError for an unknown axis."""
    AXES[asked.axis]
    statement = sql.SQL(
        "SELECT {axis}::text, sum(acts)::bigint, sum(expense), sum(mutual) FROM statistics.cell "
        "WHERE source = %s AND month BETWEEN %s AND %s AND (%s = '' OR family = %s) GROUP BY 1"
    ).format(axis=sql.Identifier(asked.axis))
    rows = {
        code: (acts, expense, mutual)
        for code, acts, expense, mutual in _rows(
            statement, [asked.source, asked.since, asked.until, asked.family, asked.family]
        )
    }
    return [
        Line(code, known.of(asked.axis, code), *rows[code], not code)
        for code in sorted(rows, key=lambda code: _rank(asked.axis, code, known))
    ]


def _rank(axis: str, code: str, known: Words) -> tuple[bool, float, str]:
    """Ages by age, months by date, the others by their words; what is not told apart last."""
    order: dict[str, Sequence[str]] = {"age": list(AGES), "sex": list(SEXES)}
    if axis in order:
        return not code, order[axis].index(code) if code in order[axis] else 0, ""
    return not code, 0, code if axis == "month" else known.of(axis, code)


def cells_of(source: str, since: datetime.date, until: datetime.date) -> list[tuple[Any, ...]]:
    """Every cell of these months, in the order of COLUMNS."""
    statement = sql.SQL(
        "SELECT {} FROM statistics.cell WHERE source = %s AND month BETWEEN %s AND %s ORDER BY {}"
    ).format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS)), sql.SQL(", ").join(map(sql.Identifier, COLUMNS[:6])))
    return list(_rows(statement, [source, since, until]))


def _rows(statement: str | sql.Composed, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    if not is_open():
        raise FiguresClosed
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()
