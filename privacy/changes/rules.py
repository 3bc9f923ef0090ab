"""From what was kept of a row to what a person reads: each change, column by column. Pure."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CREATED = "create"
DELETED = "delete"
WITHHELD_WORDS = "valeur non montrée"
NOT_KEPT_WORDS = "valeur non conservée"
NOTHING = "vide"


@dataclass(frozen=True)
class Kept:
    """One change as it was kept. `old`: what the columns held; `changed`: those that are known to have changed, if said."""

    reference: str
    at: datetime.datetime
    kind: str
    old: Mapping[str, Any]
    changed: frozenset[str]
    account_id: int | None
    operation: str


@dataclass(frozen=True)
class Difference:
    """What one column held before a change and after it, in words. `restorable`: whether the former can be put back."""

    column: str
    label: str
    before: str
    after: str
    restorable: bool


@dataclass(frozen=True)
class Change:
    kept: Kept
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Columns:
    """How the columns of a model are called, which are named without their value, which were never copied."""

    labels: Mapping[str, str]
    withheld: frozenset[str]
    secret: frozenset[str]
    fixed: frozenset[str]


def changes_of(kept: Iterable[Kept], current: Mapping[str, Any] | None, columns: Columns) -> list[Change]:
    """Newest first. `kept` is newest first too; `current` is the row as it is, None once it is deleted."""
    after: dict[str, Any] = dict(current or {})
    told: list[Change] = []
    for one in kept:
        before = {**after, **one.old}
        differing = {
            column for column in (*one.old, *one.changed) if column in columns.labels and _differs(one, column, after)
        }
        if one.kind == CREATED:
            differing = set()
        told.append(
            Change(
                one,
                tuple(
                    _difference(column, one, before, after, columns, exists=current is not None)
                    for column in columns.labels
                    if column in differing
                ),
            )
        )
        after = before
    return told


def _differs(one: Kept, column: str, after: Mapping[str, Any]) -> bool:
    return column in one.changed or one.kind == DELETED or one.old.get(column) != after.get(column)


def _difference(
    column: str, one: Kept, before: Mapping[str, Any], after: Mapping[str, Any], columns: Columns, *, exists: bool
) -> Difference:
    is_secret = column in columns.secret or column not in one.old
    return Difference(
        column,
        columns.labels[column],
        NOT_KEPT_WORDS if is_secret else _words(column, before, columns),
        "" if one.kind == DELETED else NOT_KEPT_WORDS if is_secret else _words(column, after, columns),
        restorable=exists and one.kind != DELETED and not is_secret and column not in columns.fixed,
    )


def _words(column: str, row: Mapping[str, Any], columns: Columns) -> str:
    value = row.get(column)
    if column in columns.withheld:
        return WITHHELD_WORDS
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def work_in_words(operation: str) -> str:
    """`job:statement.issue:12` as people read it."""
    kind, _, rest = operation.partition(":")
    name, _, number = rest.rpartition(":")
    if kind == "job" and name:
        return f"Travail «\u00a0{name}\u00a0» n°\u00a0{number}"
    if kind == "feed" and name:
        return f"Chargement n°\u00a0{number} du flux «\u00a0{name}\u00a0»"
    if rest:
        return f"Hors du site, par le rôle «\u00a0{kind}\u00a0» ({rest})"
    return f"Requête {operation}" if operation else "Inconnue"
