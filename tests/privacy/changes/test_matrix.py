"""The completeness matrix: each personal or money model × each way of writing leaves a history with its author.

Rows are written for real, by the ORM and in SQL, in the owner's connection: what would refuse an invented row (foreign
keys, checks, the rooms' own triggers) is taken off the table inside the test's transaction, and comes back with it.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from auditlog.context import disable_auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models, transaction

from portals.history import actor
from privacy.changes.queries import event_model_of
from privacy.changes.scope import Followed, followed

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.commitment("PDP-7.4")]

OWNER = "owner"
ACCOUNT = 4242
OTHER = 77
"""Values are made from a rank; changed ones from this one on."""
ADMIN, TASK, FEED = "REFADMIN23", "job:essai:7", "feed:essai:8"

PLAIN = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.IntegerField,
    models.DecimalField,
    models.BooleanField,
)

type Way = Callable[["Table"], str]


class Table:
    """A followed table, freed of what would refuse an invented row."""

    def __init__(self, one: Followed) -> None:
        self.one = one
        self.rows = one.model._base_manager.using(OWNER)
        self.made = 0
        with connections[OWNER].cursor() as cursor:
            for constraint in self._constraints(cursor):
                cursor.execute(f'ALTER TABLE {one.table} DROP CONSTRAINT IF EXISTS "{constraint}" CASCADE')
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
                " AND tgname NOT LIKE 'history_%%' AND tgname NOT LIKE 'pgtrigger_%%'",
                [one.table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON {one.table}')
        secret = one.secret
        event = event_model_of(one)
        tracked = {field.name for field in event._meta.fields} if event else None
        fields = [
            field
            for field in one.model._meta.concrete_fields
            if isinstance(field, PLAIN) and not isinstance(field, models.ForeignKey) and not field.primary_key
            and not field.generated and field.column not in secret and (tracked is None or field.name in tracked)
        ]  # fmt: skip
        self.column: Any = min(fields, key=lambda field: field.unique)
        self.other = OTHER

    def _constraints(self, cursor: Any) -> list[str]:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('f', 'c', 'u', 'x')",
            [self.one.table],
        )
        return [name for (name,) in cursor.fetchall()]

    def new(self) -> models.Model:
        self.made += 1
        values = {
            field.attname: _value(field, self.made)
            for field in self.one.model._meta.concrete_fields
            if not isinstance(field, models.AutoField) and not field.generated
        }
        return self.one.model(**values)

    def saved(self) -> models.Model:
        row = self.new()
        row.save(using=OWNER, force_insert=True)
        return row

    def change(self) -> dict[str, Any]:
        """Another value of one column, never the same twice."""
        self.other += 1
        return {self.column.attname: _value(self.column, self.other)}


FIRST_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
MAKERS: tuple[tuple[Any, Callable[[Any, int], Any]], ...] = (
    (models.ForeignKey, lambda field, rank: _value(field.target_field, rank)),
    (models.BooleanField, lambda _field, rank: rank >= OTHER),
    (models.DecimalField, lambda field, rank: Decimal(rank % 10).quantize(Decimal(1).scaleb(-field.decimal_places))),
    (models.DateTimeField, lambda _field, rank: FIRST_DAY + datetime.timedelta(days=rank)),
    (models.DateField, lambda _field, rank: FIRST_DAY.date() + datetime.timedelta(days=rank)),
    (models.GenericIPAddressField, lambda _field, _rank: "192.0.2.1"),
    (models.UUIDField, lambda _field, _rank: uuid.uuid4()),
    (models.FileField, lambda _field, rank: f"f{rank}"),
    (models.CharField | models.TextField, lambda field, rank: str(rank)[: field.max_length or 10]),
    (models.BinaryField, lambda _field, rank: b"x%d" % rank),
    (models.JSONField, lambda _field, _rank: {}),
    (models.IntegerField | models.FloatField, lambda _field, rank: rank),
    (ArrayField, lambda _field, _rank: []),
)
"""How a value of each kind of field is made from a rank; the first that fits."""


def _value(field: Any, rank: int) -> Any:
    return next((make(field, rank) for kinds, make in MAKERS if isinstance(field, kinds)), None)


def _key(row: models.Model) -> str:
    return str(row.pk)


def create(table: Table) -> str:
    row = table.new()
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.generated}
    if isinstance(row._meta.pk, models.AutoField):
        values.pop(row._meta.pk.attname)
    return _key(table.rows.create(**values))


def save(table: Table) -> str:
    row = table.saved()
    for name, value in table.change().items():
        setattr(row, name, value)
    row.save(using=OWNER)
    return _key(row)


def update(table: Table) -> str:
    row = table.saved()
    table.rows.filter(pk=row.pk).update(**table.change())
    return _key(row)


def bulk_create(table: Table) -> str:
    return _key(table.rows.bulk_create([table.new(), table.new()])[1])


def bulk_update(table: Table) -> str:
    rows = [table.saved(), table.saved()]
    for row in rows:
        for name, value in table.change().items():
            setattr(row, name, value)
    table.rows.bulk_update(rows, [table.column.name])
    return _key(rows[1])


def delete(table: Table) -> str:
    row = table.saved()
    key = _key(row)
    models.QuerySet(row.__class__, using=OWNER).filter(pk=row.pk)._raw_delete(OWNER)
    return key


def delete_a_set(table: Table) -> str:
    rows = [table.saved(), table.saved()]
    keys = [row.pk for row in rows]
    table.rows.filter(pk__in=keys)._raw_delete(OWNER)
    return str(keys[1])


def raw_sql(table: Table) -> str:
    row = table.saved()
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            f'UPDATE {table.one.table} SET "{table.column.column}" = %s WHERE "{table.one.key}" = %s',
            [next(iter(table.change().values())), row.pk],
        )
    return _key(row)


WAYS: dict[str, tuple[Way, str, str]] = {
    "create": (create, "create", ADMIN),
    "save": (save, "update", ADMIN),
    "update": (update, "update", ADMIN),
    "bulk_create": (bulk_create, "create", ADMIN),
    "bulk_update": (bulk_update, "update", ADMIN),
    "delete": (delete, "delete", ADMIN),
    "delete of a set": (delete_a_set, "delete", ADMIN),
    "raw SQL": (raw_sql, "update", ADMIN),
    "admin action": (update, "update", ADMIN),
    "task": (update, "update", TASK),
    "feed": (update, "update", FEED),
}


@pytest.fixture
def owner() -> Iterator[Any]:
    """The owner's connection, in the system's scope, whatever is done there undone."""
    with disable_auditlog(), transaction.atomic(using=OWNER):
        with connections[OWNER].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'; SELECT set_config('app.scope', 'system', true)")
            yield cursor
        transaction.set_rollback(True, using=OWNER)


@pytest.mark.parametrize("one", followed(), ids=lambda one: one.label)
def test_each_way_of_writing_leaves_a_history_with_its_author(one: Followed, owner: Any) -> None:
    table = Table(one)
    missing = []
    for name, (way, kind, operation) in WAYS.items():
        account = ACCOUNT if operation == ADMIN else ""
        owner.execute(actor.SET, [str(account), operation])
        key = way(table)
        if (account or None, operation) not in _told(one, key, kind, owner):
            missing.append(name)
    assert missing == []


def _told(one: Followed, key: str, kind: str, cursor: Any) -> list[tuple[int | None, str]]:
    """Who is said to have done this kind of thing to this row."""
    event = event_model_of(one)
    if kind == "create":
        named = "numbers @> %s::bigint" if one.has_numbers else "%s = ANY(keys)"
        cursor.execute(
            f"SELECT account_id, operation FROM privacy_rowcreation WHERE model = %s AND {named}", [one.label, key]
        )
    elif event is None:
        cursor.execute(
            "SELECT account_id, operation FROM privacy_rowchange WHERE model = %s AND row_key = %s AND kind = %s",
            [one.label, key, kind],
        )
    else:
        cursor.execute(
            "SELECT (metadata ->> 'account')::bigint, metadata ->> 'operation'"
            f" FROM {event._meta.db_table} event JOIN pghistory_context said ON said.id = event.pgh_context_id"
            " WHERE event.pgh_obj_id::text = %s AND event.pgh_label = %s",
            [key, kind],
        )
    return [(account, operation) for account, operation in cursor.fetchall()]
