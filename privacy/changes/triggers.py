"""The triggers of the field history: one per statement, whatever wrote it (ORM, bulk, raw SQL, feed, job, psql).

They are put on the tables after each `migrate`, from the declarations: a model that becomes personal is followed from
then on without anybody thinking of it. Functions belong to the owner and run as the owner: `app` cannot write a line of
history by hand, nor keep one from being written. See docs/decisions/field-history.md.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from psycopg import sql

from privacy.changes.scope import Followed, followed

NAMES = ("history_created", "history_updated", "history_deleted")

FUNCTIONS = """
    CREATE OR REPLACE FUNCTION history_operation() RETURNS text LANGUAGE sql STABLE AS $$
        SELECT coalesce(nullif(current_setting('history.operation', true), ''),
                        session_user || ':' || coalesce(nullif(current_setting('application_name', true), ''), '-'))
    $$;

    CREATE OR REPLACE FUNCTION history_account() RETURNS bigint LANGUAGE sql STABLE AS $$
        SELECT nullif(current_setting('history.account', true), '')::bigint
    $$;

    CREATE OR REPLACE FUNCTION history_created() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        least bigint; most bigint; many bigint; ranges int8multirange := '{}'; codes text[] := '{}';
    BEGIN
        IF TG_ARGV[2] = 'numbers' THEN
            EXECUTE format('SELECT min(%1$I), max(%1$I), count(*) FROM new_rows', TG_ARGV[1]) INTO least, most, many;
            IF many = 0 THEN RETURN NULL; END IF;
            IF most - least + 1 = many THEN
                ranges := int8multirange(int8range(least, most, '[]'));
            ELSE
                EXECUTE format('SELECT range_agg(int8range(%1$I, %1$I, ''[]'')) FROM new_rows', TG_ARGV[1]) INTO ranges;
            END IF;
        ELSE
            EXECUTE format('SELECT array_agg(%I::text) FROM new_rows', TG_ARGV[1]) INTO codes;
            IF codes IS NULL THEN RETURN NULL; END IF;
        END IF;
        INSERT INTO privacy_rowcreation (at, model, numbers, keys, account_id, operation)
        VALUES (now(), TG_ARGV[0], ranges, codes, history_account(), history_operation());
        RETURN NULL;
    END $$;

    CREATE OR REPLACE FUNCTION history_updated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_nestloop = off AS $$
    DECLARE
        secret text[] := string_to_array(TG_ARGV[2], ',');
    BEGIN
        INSERT INTO privacy_rowchange (at, model, row_key, kind, old, changed, account_id, operation)
        SELECT now(), TG_ARGV[0], pair.was ->> TG_ARGV[1], 'update',
               coalesce((SELECT jsonb_object_agg(key, value) FROM jsonb_each(pair.was)
                         WHERE key = ANY(pair.columns) AND key <> ALL(secret)), '{}'),
               pair.columns, history_account(), history_operation()
        FROM (
            SELECT gone.was, ARRAY(
                SELECT key FROM jsonb_each(gone.was) WHERE come.is IS NULL OR value IS DISTINCT FROM come.is -> key
            ) AS columns
            FROM (SELECT to_jsonb(old_rows) AS was FROM old_rows) gone
            LEFT JOIN (SELECT to_jsonb(new_rows) AS is FROM new_rows) come
            ON come.is ->> TG_ARGV[1] = gone.was ->> TG_ARGV[1]
            WHERE gone.was IS DISTINCT FROM come.is
        ) pair;
        RETURN NULL;
    END $$;

    CREATE OR REPLACE FUNCTION history_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        secret text[] := string_to_array(TG_ARGV[2], ',');
    BEGIN
        -- What is erased leaves no past: the role that erases would remove it at once, with what was there before.
        IF session_user = 'eraser' THEN RETURN NULL; END IF;
        INSERT INTO privacy_rowchange (at, model, row_key, kind, old, changed, account_id, operation)
        SELECT now(), TG_ARGV[0], gone.was ->> TG_ARGV[1], 'delete', gone.was - secret,
               ARRAY(SELECT jsonb_object_keys(gone.was)), history_account(), history_operation()
        FROM (SELECT to_jsonb(old_rows) AS was FROM old_rows) gone;
        RETURN NULL;
    END $$;

    -- What the event tables call: one line for each transaction that changes something, with who and in which work.
    CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        known uuid := nullif(current_setting('history.context', true), '')::uuid;
        said jsonb := jsonb_build_object('account', history_account(), 'operation', history_operation());
    BEGIN
        IF known IS NULL OR current_setting('history.context_said', true) IS DISTINCT FROM said::text THEN
            known := gen_random_uuid();
            INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (known, said, now(), now());
            PERFORM set_config('history.context', known::text, true),
                    set_config('history.context_said', said::text, true);
        END IF;
        RETURN known;
    END $$;

    -- Roles that only read have nothing to write down, and no function that writes.
    REVOKE ALL ON FUNCTION _pgh_attach_context() FROM PUBLIC;
    DO $$ DECLARE one name; BEGIN
        FOR one IN
            SELECT rolname FROM pg_roles
            WHERE rolname !~ '^pg_' AND rolname <> ALL (ARRAY['statistics', 'campaigns', 'backup'])
        LOOP
            EXECUTE format('GRANT EXECUTE ON FUNCTION _pgh_attach_context() TO %I', one);
        END LOOP;
    END $$;
"""
"""Numbers of created rows that follow one another are told as one range, without sorting them.

How many rows a statement changed is known to the planner for the first statement of a session only: after one that changed
nothing, thousands of rows would be compared with one another, each with each. Hence no nested loop, here and below.
"""

EVENTS = """
    DO $$
    DECLARE kept regprocedure;
    BEGIN
        FOR kept IN SELECT DISTINCT tgfoid FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_%' AND tgnewtable IS NOT NULL LOOP
            EXECUTE format('ALTER FUNCTION %s SET enable_nestloop = off', kept);
        END LOOP;
    END $$;
"""
"""The same for the functions that fill the event tables, which pghistory writes."""


def put_on(using: str) -> None:
    """The functions, and on each followed table exactly its triggers, in the database of this alias (the owner's)."""
    with connections[using].cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(EVENTS)
        for one in followed():
            cursor.execute(_statements(one).as_string())


def after_migrate(app_config: Any, using: str, **_rest: Any) -> None:
    """Receiver of `post_migrate`: once, after the last app, when every table is there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config.label == with_models[-1].label:
        put_on(using)


def _statements(one: Followed) -> sql.Composed:
    """An event table says what changed in its own words; creations are told here for every table."""
    table, label, key = sql.Identifier(one.table), sql.Literal(one.label), sql.Literal(one.key)
    kept = sql.Literal("numbers" if one.has_numbers else "keys")
    secret = sql.Literal(",".join(sorted(one.secret)))
    made = [sql.SQL("DROP TRIGGER IF EXISTS {} ON {};").format(sql.Identifier(name), table) for name in NAMES]
    made.append(
        sql.SQL(
            "CREATE TRIGGER history_created AFTER INSERT ON {} REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION history_created({}, {}, {});"
        ).format(table, label, key, kept)
    )
    if not one.by_events:
        made.append(
            sql.SQL(
                "CREATE TRIGGER history_updated AFTER UPDATE ON {} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
                " FOR EACH STATEMENT EXECUTE FUNCTION history_updated({}, {}, {});"
            ).format(table, label, key, secret)
        )
        made.append(
            sql.SQL(
                "CREATE TRIGGER history_deleted AFTER DELETE ON {} REFERENCING OLD TABLE AS old_rows"
                " FOR EACH STATEMENT EXECUTE FUNCTION history_deleted({}, {}, {});"
            ).format(table, label, key, secret)
        )
    return sql.Composed(made)
