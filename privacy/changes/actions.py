"""Putting an earlier value back, with a reason (PDP-7.4); and forgetting the past of rows that are erased."""

import json
from collections.abc import Collection

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record
from privacy.changes.models import Restoration, RowChange
from privacy.changes.queries import current_row, event_model_of, past_of, words_of
from privacy.changes.rules import Difference, Kept
from privacy.changes.scope import Followed, followed_named


class NothingToRestore(LookupError):
    """This change is not known, or this value can no longer be put back."""


class DoesNotFit(ValueError):
    """The database refuses the earlier value beside what the row and the others hold today."""


def locate(reference: str) -> tuple[Followed, str]:
    """The model and the row of a change: `12`, or `members.Person.34` in an event table. Raises NothingToRestore."""
    if reference.isdecimal():
        with isolation.system():
            change = RowChange.objects.filter(pk=reference).first()
        if change is None:
            raise NothingToRestore
        return followed_named(change.model), change.row_key
    label, _, number = reference.rpartition(".")
    try:
        one = followed_named(label)
    except LookupError as unknown:
        raise NothingToRestore from unknown
    return one, _row_of_event(one, number)


def found(reference: str, column: str) -> tuple[Followed, str, Kept, Difference]:
    """A value that can be put back: where, which change, what it was. Raises NothingToRestore."""
    one, key = locate(reference)
    for change in past_of(one, key):
        if change.kept.reference != reference:
            continue
        for difference in change.differences:
            if difference.column == column and difference.restorable:
                return one, key, change.kept, difference
    raise NothingToRestore


@transaction.atomic
def restore(*, by: Account, reference: str, column: str, reason: str) -> Restoration:
    """Give a column the value that it held before a change. Nothing else of the row moves; the history follows.

    Done in the system's scope: staff write into no table of people. Raises NothingToRestore or DoesNotFit.
    """
    one, key, kept, _difference = found(reference, column)
    with isolation.system():
        if current_row(one, key) is None:
            raise NothingToRestore
        _write(one, key, column, kept)
        restoration = Restoration.objects.create(
            model=one.label, row_key=key, column=column, change=reference[:40], reason=reason, by=by
        )
    record(
        "rowchange.restored",
        by=by,
        object_kind=one.model._meta.model_name or "",
        object_id=key,
        details={"field": words_of(one).labels[column], "change": reference},
    )
    return restoration


def forget(label: str, keys: Collection[str]) -> int:
    """Delete what was kept of rows that are erased; how many changes went. Call it in the system's scope."""
    gone, _each = RowChange.objects.filter(model=label, row_key__in=keys).delete()
    return gone


def _row_of_event(one: Followed, number: str) -> str:
    event = event_model_of(one)
    if event is None or not number.isdecimal():
        raise NothingToRestore
    with isolation.system():
        key = event._default_manager.filter(pk=number).values_list("pgh_obj_id", flat=True).first()
    if key is None:
        raise NothingToRestore
    return str(key)


def _write(one: Followed, key: str, column: str, kept: Kept) -> None:
    statement = sql.SQL(
        "UPDATE {table} SET {column} = (jsonb_populate_record(NULL::{table}, %s::jsonb)).{column} WHERE {key}::text = %s"
    ).format(table=sql.Identifier(one.table), column=sql.Identifier(column), key=sql.Identifier(one.key))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.as_string(), [json.dumps({column: kept.old[column]}), key])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as refused:
        raise DoesNotFit from refused
