"""Database roles, made by the first migration.

`owner` runs migrations and owns the tables; `app` serves the portals (no DDL, no bypass of row-level security);
`sealer` signs the journal; `vault` reads the medical vault; `backup` dumps everything. Login passwords are the
operator's business (`ALTER ROLE … PASSWORD`); the embedded server trusts its own socket.
"""

ROLES = {
    "app": "LOGIN NOBYPASSRLS",
    "sealer": "LOGIN NOBYPASSRLS",
    "vault": "LOGIN NOBYPASSRLS",
    "backup": "LOGIN BYPASSRLS",
}

CREATE_ROLES = "\n".join(
    f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN
            CREATE ROLE {name} {attributes};
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
    END $$;
    """
    for name, attributes in ROLES.items()
)

GRANTS = """
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO app, backup;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO backup;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO backup;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO backup;
"""

# Partitions are reached through their parent, whose policy applies: nobody is granted the partition itself.
ENSURE_MONTH = """
    CREATE FUNCTION ensure_month(parent regclass, month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        first date := date_trunc('month', month);
        name text := format('%s_%s', parent::text, to_char(first, 'YYYY_MM'));
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = parent) THEN
            RAISE EXCEPTION 'not a partitioned table';
        END IF;
        IF first NOT BETWEEN date '1980-01-01' AND date '2100-12-01' OR to_regclass(name) IS NOT NULL THEN
            RETURN; -- the default partition takes what lies outside
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext(name));
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                           name, parent, first, first + interval '1 month');
            EXECUTE format('REVOKE ALL ON %I FROM app', name);
        END IF;
    END $$;
    REVOKE ALL ON FUNCTION ensure_month(regclass, date) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ensure_month(regclass, date) TO app;
"""
