"""A second witness of each write, that knows nothing of the histories: a trigger per row on each followed table.

It says what was really written; the history must say the same, and who did it.
"""

import dataclasses
from dataclasses import dataclass

import psycopg
from django.db import connection
from psycopg import sql

from portals.access import isolation
from privacy.changes.queries import event_model_of
from privacy.changes.scope import followed, followed_named

INSTALL = """
    CREATE TABLE IF NOT EXISTS witness (number bigserial PRIMARY KEY, model text, row_key text, kind text);
    GRANT SELECT ON witness TO PUBLIC;
    CREATE OR REPLACE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN RETURN NULL; END IF;
        INSERT INTO witness (model, row_key, kind) VALUES (TG_ARGV[0],
            CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> TG_ARGV[1],
            CASE TG_OP WHEN 'INSERT' THEN 'create' ELSE lower(TG_OP) END);
        RETURN NULL;
    END $$;
"""


@dataclass(frozen=True)
class Written:
    """A row that was created, updated or deleted."""

    label: str
    key: str
    kind: str


def install(owner: psycopg.Connection) -> None:
    """Before anything is written, and outside of the test's transaction."""
    owner.execute(INSTALL)
    for one in followed():
        owner.execute(
            sql.SQL(
                "CREATE TRIGGER zz_witness AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW"
                " EXECUTE FUNCTION witness({}, {})"
            ).format(sql.Identifier(one.table), sql.Literal(one.label), sql.Literal(one.key))
        )


def mark() -> int:
    """The last write so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM witness")
        return int(cursor.fetchone()[0])


def written_since(last: int) -> set[Written]:
    """A row that an update moved to another partition was deleted there and created here: it is one that was updated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT model, row_key, kind FROM witness WHERE number > %s", [last])
        rows = {Written(*row) for row in cursor.fetchall()}
    moved = {one for one in rows if one.kind == "delete" and dataclasses.replace(one, kind="create") in rows}
    return {one for one in rows if dataclasses.replace(one, kind="delete") not in moved} | {
        dataclasses.replace(one, kind="update") for one in moved
    }


def told_of(one: Written) -> set[tuple[int | None, str]]:
    """Who is said to have done this kind of thing to this row: the account and the operation."""
    model = followed_named(one.label)
    event = event_model_of(model)
    with isolation.system(), connection.cursor() as cursor:
        if one.kind == "create":
            named = "numbers @> %s::bigint" if model.has_numbers else "%s = ANY(keys)"
            cursor.execute(
                f"SELECT account_id, operation FROM privacy_rowcreation WHERE model = %s AND {named}",
                [one.label, one.key],
            )
        elif event is None:
            cursor.execute(
                "SELECT account_id, operation FROM privacy_rowchange WHERE model = %s AND row_key = %s AND kind = %s",
                [one.label, one.key, one.kind],
            )
        else:
            cursor.execute(
                "SELECT (metadata ->> 'account')::bigint, metadata ->> 'operation'"
                f" FROM {event._meta.db_table} event JOIN pghistory_context said ON said.id = event.pgh_context_id"
                " WHERE event.pgh_obj_id::text = %s AND event.pgh_label = %s",
                [one.key, one.kind],
            )
        return set(cursor.fetchall())
