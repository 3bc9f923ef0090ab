"""What a room declares of a feed: its columns, what they refer to, where they are written, what must hold.

SQL fragments see the staged row as `s`, each reference under its alias, the stored row as `t`.
"""

from dataclasses import dataclass, field
from typing import LiteralString

from portals.feeds.columns import Column
from portals.feeds.errors import FeedRefused


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table. `made`: `prepare` makes the missing ones, so none is unknown.

    `within` is the rest of the condition, for what is named inside a reference declared before (`alias.column = …`).
    """

    column: str
    table: LiteralString
    match: LiteralString
    alias: LiteralString
    made: bool = False
    within: LiteralString = ""


@dataclass(frozen=True)
class Check:
    """A row for which `condition` is true is rejected; unknown (NULL) is not true."""

    code: str
    column: str
    message: str
    condition: LiteralString


@dataclass(frozen=True)
class SetCheck:
    """`query` gives the lines to reject, among the rows that passed every other check."""

    code: str
    column: str
    message: str
    query: LiteralString


@dataclass(frozen=True)
class Secret:
    """A column that is sealed: `<column>_sealed` and `<column>_index` of the table, bound to `place`."""

    column: str
    place: LiteralString


@dataclass(frozen=True)
class Held:
    """What a change made in a space holds against files that do not know of it yet.

    While `condition` is true the stored values of `columns` stay. `marker` is the column by which the space says that
    it holds something, emptied by the first file for which the condition is not true; without one, another table says
    it. `told_by` are the columns of the file that the condition reads: without one of them a file cannot tell, and
    what is held stays.
    """

    columns: tuple[str, ...]
    condition: LiteralString
    told_by: tuple[str, ...]
    marker: LiteralString = ""


@dataclass(frozen=True)
class FeedKind:
    """One kind of feed.

    `written`: columns of the table beyond those that columns name themselves, with their SQL. `match`: the natural
    key in the table, with its SQL. `partitioned_by`: the date column whose months are the table's partitions; the file
    has it, or `written` says where it comes from. `months_of`: another table's, whose rows follow the dates of this
    one, with the column of the file. `subject`: SQL text of the subject whose key seals the secrets. `prepare` runs on
    good rows before any is written, `afterwards` once all are.
    """

    name: str
    label: str
    table: LiteralString
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    match: dict[str, LiteralString]
    written: dict[str, LiteralString] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    checks: tuple[Check, ...] = ()
    set_checks: tuple[SetCheck, ...] = ()
    prepare: tuple[LiteralString, ...] = ()
    secrets: tuple[Secret, ...] = ()
    subject: LiteralString = ""
    partitioned_by: str = ""
    months_of: tuple[LiteralString, str] | None = None
    afterwards: tuple[LiteralString, ...] = ()
    held: tuple[Held, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


_kinds: dict[str, FeedKind] = {}


def register(kind: FeedKind) -> None:
    """Make a kind known; rooms call it from their app's `ready()`."""
    _kinds[kind.name] = kind


def names() -> list[str]:
    return sorted(_kinds)


def kind_named(name: str) -> FeedKind:
    """Raises `FeedRefused` for a name that no room declared."""
    if name not in _kinds:
        raise FeedRefused(f"le flux « {name} » est inconnu ; les flux connus sont {', '.join(names())}.")
    return _kinds[name]


def from_to(start: str, end: str, condition: LiteralString) -> Check:
    """The check of an interval whose last day is given."""
    return Check("bad_interval", end, f"est avant {start}", condition)
