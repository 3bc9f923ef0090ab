"""What migrations use to put tables behind row-level security and to split them by month."""

from django.db import migrations

# Settings are read in sub-selects: once for each statement instead of once for each row, and the planner then
# knows that they may let every row through (feeds join a million rows with these tables).
SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"


def isolate(table: str, column: str, setting: str) -> migrations.RunSQL:
    """Rows of `table` are seen and written only in the context of their own tenant, or by the system."""
    condition = f"({column} = (SELECT nullif(current_setting('{setting}', true), '')::bigint) OR {SYSTEM})"
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON {table} USING {condition} WITH CHECK {condition};
        """,
        f"""
        DROP POLICY tenant ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def append_only(*tables: str) -> migrations.RunSQL:
    """`app` may insert into and read these tables, and change nothing."""
    names = ", ".join(tables)
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {names} FROM app", f"GRANT UPDATE, DELETE ON {names} TO app"
    )
