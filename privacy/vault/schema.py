"""The schema `vault`, as its first migration makes it. Everything in it belongs to the role `vault`.

`app` puts rows in and takes a whole case away, through functions; it reads no table. `owner` makes the schema in the
place of `vault` and gives the membership back at once: it reads none either. `backup` copies what is sealed.
"""

ACT_AS_VAULT = "GRANT vault TO CURRENT_USER WITH INHERIT FALSE, SET TRUE GRANTED BY CURRENT_USER;"
NO_LONGER = "REVOKE vault FROM CURRENT_USER GRANTED BY CURRENT_USER;"

TABLES = """
    SET ROLE vault;
    CREATE TABLE vault.data_key (
        id uuid PRIMARY KEY,
        person text NOT NULL,
        case_reference text NOT NULL,
        wrapping_key text NOT NULL,
        wrapped bytea NOT NULL
    );
    CREATE INDEX data_key_case ON vault.data_key (case_reference);
    CREATE INDEX data_key_wrapping ON vault.data_key (wrapping_key, id);
    CREATE TABLE vault.sealed (
        id uuid PRIMARY KEY,
        key_id uuid NOT NULL REFERENCES vault.data_key ON DELETE CASCADE,
        kind text NOT NULL,
        version integer NOT NULL,
        content bytea NOT NULL
    );
    CREATE INDEX sealed_key ON vault.sealed (key_id);
    CREATE TABLE vault.reader (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL,
        duty text NOT NULL CHECK (duty IN ('adviser', 'assistant')),
        named_by bigint,
        since timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
    );
    CREATE UNIQUE INDEX reader_once ON vault.reader (account_id) WHERE ended_at IS NULL;
"""
FUNCTIONS = """
    CREATE FUNCTION vault.keep_key(id uuid, person text, case_reference text, wrapping_key text, wrapped bytea)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        INSERT INTO vault.data_key VALUES (id, person, case_reference, wrapping_key, wrapped);
    END;
    CREATE FUNCTION vault.keep(id uuid, key_id uuid, kind text, version integer, content bytea)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        INSERT INTO vault.sealed VALUES (id, key_id, kind, version, content);
    END;
    CREATE FUNCTION vault.forget(gone text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
        erased bigint;
    BEGIN
        DELETE FROM vault.data_key WHERE case_reference = gone;
        GET DIAGNOSTICS erased = ROW_COUNT;
        RETURN erased;
    END $$;
"""
RIGHTS = """
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
    GRANT USAGE ON SCHEMA vault TO app, backup;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA vault TO app;
    GRANT SELECT ON ALL TABLES IN SCHEMA vault TO backup;
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA vault TO backup;
    RESET ROLE;
"""
CREATE = f"""
    {ACT_AS_VAULT}
    CREATE SCHEMA vault AUTHORIZATION vault;
    {TABLES}
    {FUNCTIONS}
    {RIGHTS}
    {NO_LONGER}
"""
DROP = f"""
    {ACT_AS_VAULT}
    SET ROLE vault;
    DROP SCHEMA vault CASCADE;
    RESET ROLE;
    {NO_LONGER}
"""

# Of the tables that the portals read: one's own cases, the queue of the medical adviser, the answers for staff.
MINE = "(account_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))"
MEDICAL = "((SELECT current_setting('app.scope', true)) IN ('medical', 'system'))"
PORTAL_TABLES = ("privacy_medicalcase", "privacy_medicalconsent")
WALLS = "\n".join(
    f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY holder ON {table} USING {MINE} WITH CHECK {MINE};
    CREATE POLICY medical ON {table} USING {MEDICAL} WITH CHECK {MEDICAL};
    """
    for table in PORTAL_TABLES
)
WALLS_BACK = "\n".join(
    f"""
    DROP POLICY medical ON {table};
    DROP POLICY holder ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    for table in PORTAL_TABLES
)
