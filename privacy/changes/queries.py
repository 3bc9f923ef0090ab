"""The past of one row, wherever it was kept: the table of changes, the event table of its model, the creations.

These read in the system's scope, whoever asks: the past of a row stands in tables that no tenant and no member of staff
may read, and the page that calls them withholds care, banking and secrets (`scope.WITHHELD`).
"""

import json
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from portals.access import isolation
from privacy.changes.models import Restoration, RowChange
from privacy.changes.rules import CREATED, Change, Columns, Kept, changes_of
from privacy.changes.scope import WITHHELD, Followed, columns_of

SHOWN = 200


def past_of(one: Followed, key: str) -> list[Change]:
    """Every change of a row that is still known, newest first (200 at most), its creation last."""
    with isolation.system():
        kept = sorted([*_changes(one, key), *_events(one, key), *_creation(one, key)], key=_instant, reverse=True)
        return changes_of(kept[:SHOWN], current_row(one, key), words_of(one))


def current_row(one: Followed, key: str) -> dict[str, Any] | None:
    """The row as the database writes it in JSON; None when there is none. Call it in the system's scope."""
    query = sql.SQL("SELECT to_jsonb(line) FROM {} line WHERE {}::text = %s").format(
        sql.Identifier(one.table), sql.Identifier("line", one.key)
    )
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(), [key])
        found = cursor.fetchone()
    return None if found is None else _read(found[0])


def words_of(one: Followed) -> Columns:
    """How the columns of a model are told, from its fields and its declaration."""
    sensitivities = columns_of(one)
    fields: list[models.Field[Any, Any]] = list(one.model._meta.concrete_fields)
    return Columns(
        labels={str(field.column): str(field.verbose_name) for field in fields},
        withheld=frozenset(name for name, sensitivity in sensitivities.items() if sensitivity in WITHHELD),
        secret=one.secret,
        fixed=frozenset(str(field.column) for field in fields if field.primary_key or field.generated),
    )


def restorations_of(one: Followed, key: str) -> list[Restoration]:
    """What was put back on this row, newest first."""
    return list(Restoration.objects.filter(model=one.label, row_key=key).select_related("by").order_by("-at"))


def _changes(one: Followed, key: str) -> list[Kept]:
    rows = RowChange.objects.filter(model=one.label, row_key=key).order_by("-at", "-id")[:SHOWN]
    return [
        Kept(str(row.pk), row.at, row.kind, row.old, frozenset(row.changed), row.account_id, row.operation)
        for row in rows
    ]


def _events(one: Followed, key: str) -> list[Kept]:
    """From the model's event table: the whole row each time, and the context of its transaction."""
    event = event_model_of(one)
    if event is None or not key.isdecimal():
        return []
    query = sql.SQL(
        "SELECT event.pgh_id, event.pgh_created_at, event.pgh_label, to_jsonb(event), context.metadata FROM {} event"
        " LEFT JOIN pghistory_context context ON context.id = event.pgh_context_id"
        " WHERE event.pgh_obj_id = %s ORDER BY event.pgh_id DESC LIMIT %s"
    ).format(sql.Identifier(event._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(), [key, SHOWN])
        found = cursor.fetchall()
    return [
        Kept(
            f"{one.label}.{number}",
            at,
            label,
            {column: value for column, value in _read(row).items() if not column.startswith("pgh_")},
            frozenset(),
            (said := _read(context) or {}).get("account"),
            said.get("operation", ""),
        )
        for number, at, label, row, context in found
    ]


def event_model_of(one: Followed) -> type[models.Model] | None:
    """The event table of a model that has one."""
    if not one.by_events:
        return None
    every = apps.get_app_config(one.model._meta.app_label).get_models()
    return next(model for model in every if getattr(model, "pgh_tracked_model", None) is one.model)


def _creation(one: Followed, key: str) -> list[Kept]:
    """Who created the row: the last creation that names it (numbers are given once, codes may be given again)."""
    named = "numbers @> %s::bigint" if one.has_numbers else "%s = ANY(keys)"
    if one.has_numbers and not key.isdecimal():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, at, account_id, operation FROM privacy_rowcreation WHERE model = %s AND {named}"  # noqa: S608  ours
            " ORDER BY id DESC LIMIT 1",
            [one.label, key],
        )
        found = cursor.fetchall()
    return [
        Kept(f"creation.{number}", at, CREATED, {}, frozenset(), account, work) for number, at, account, work in found
    ]


def _instant(kept: Kept) -> tuple[Any, bool]:
    """A creation and a change of the same transaction bear the same instant: the creation came first."""
    return kept.at, kept.kind != CREATED


def _read(value: Any) -> Any:
    """JSON columns come as text or as objects, after what the connection was told."""
    return json.loads(value) if isinstance(value, str) else value
