"""What migrations use to put tables behind row-level security and to split them by month."""

from django.db import migrations

# Settings are read in sub-selects: once for each statement instead of once for each row, and the planner then
# knows that they may let every row through (feeds join a million rows with these tables).
SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
STAFF = "(SELECT current_setting('app.scope', true) = 'staff')"
TENANTS = (("adherent", "app.household"), ("employeur", "app.company"), ("professionnel", "app.professional"))
"""The setting that names the tenant of each space, as migrations have known them (`portals.access.isolation`)."""


def isolate(table: str, column: str, setting: str, *, staff_may_read: bool = False) -> migrations.RunSQL:
    """Rows of `table` are seen and written only in the context of their own tenant, or by the system.

    `staff_may_read`: for identity and contract only, as `open_to_staff`; never for care, payments or documents.
    """
    condition = f"({column} = (SELECT nullif(current_setting('{setting}', true), '')::bigint) OR {SYSTEM})"
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON {table} USING {condition} WITH CHECK {condition};
        {_staff_policy(table) if staff_may_read else ""}
        """,
        f"""
        DROP POLICY IF EXISTS staff ON {table};
        DROP POLICY tenant ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def isolate_by_space(table: str, *, staff_may_read: bool = False) -> migrations.RunSQL:
    """As `isolate`, for rows of any space, which say theirs in `space` and whose they are in `tenant_id`."""
    tenant = " ".join(f"WHEN '{space}' THEN current_setting('{setting}', true)" for space, setting in TENANTS)
    condition = f"(tenant_id::text = (CASE space {tenant} END) OR {SYSTEM})"
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON {table} USING {condition} WITH CHECK {condition};
        {_staff_policy(table) if staff_may_read else ""}
        """,
        f"""
        DROP POLICY IF EXISTS staff ON {table};
        DROP POLICY tenant ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def open_to_staff(*tables: str) -> migrations.RunSQL:
    """Staff in mode gestion read the rows of these isolated tables, and still write none of them."""
    return migrations.RunSQL(
        "\n".join(_staff_policy(table) for table in tables),
        "\n".join(f"DROP POLICY staff ON {table};" for table in tables),
    )


def _staff_policy(table: str) -> str:
    """Policies add up: this one opens reading to one more scope."""
    return f"CREATE POLICY staff ON {table} FOR SELECT USING ({STAFF});"


def append_only(*tables: str) -> migrations.RunSQL:
    """`app` may insert into and read these tables, and change nothing."""
    names = ", ".join(tables)
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {names} FROM app", f"GRANT UPDATE, DELETE ON {names} TO app"
    )
