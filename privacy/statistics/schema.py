"""The schema `statistics`, as its migration makes it: figures of nobody, and the role that reads nothing else.

`app` puts a whole edition in, through a function, and reads none of it; `statistics` reads and writes nothing. No row
refers to a table of persons, so that an erasure or a purge has nothing to change here.
"""

ROLE = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'statistics') THEN
            CREATE ROLE statistics LOGIN NOBYPASSRLS;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
    END $$;
"""
CREATE = """
    CREATE SCHEMA statistics;
    CREATE TABLE statistics.edition (
        source text NOT NULL,
        month date NOT NULL CHECK (month = date_trunc('month', month)::date),
        PRIMARY KEY (source, month)
    );
    CREATE TABLE statistics.cell (
        source text NOT NULL,
        month date NOT NULL,
        family text NOT NULL,
        age text NOT NULL CHECK (age ~ '^([0-8]0?)?$'),
        sex text NOT NULL CHECK (sex IN ('', '1', '2', '?')),
        region text NOT NULL CHECK (length(region) <= 2),
        plan text NOT NULL,
        at_least integer NOT NULL CHECK (at_least >= 10),
        acts bigint NOT NULL,
        expense numeric(14, 0) NOT NULL,
        mutual numeric(14, 0) NOT NULL,
        PRIMARY KEY (source, month, family, age, sex, region, plan),
        FOREIGN KEY (source, month) REFERENCES statistics.edition
    );
    CREATE TABLE statistics.word (
        kind text NOT NULL CHECK (kind IN ('family', 'plan')),
        code text NOT NULL,
        label text NOT NULL,
        PRIMARY KEY (kind, code)
    );
    CREATE FUNCTION statistics.publish(said_source text, said_month date, cells jsonb, words jsonb)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        INSERT INTO statistics.edition VALUES (said_source, said_month);
        INSERT INTO statistics.cell
            SELECT said_source, said_month, c.family, c.age, c.sex, c.region, c.plan, c.at_least, c.acts, c.expense, c.mutual
            FROM jsonb_to_recordset(cells) AS c (
                family text, age text, sex text, region text, plan text, at_least integer, acts bigint, expense numeric,
                mutual numeric
            );
        INSERT INTO statistics.word
            SELECT w.kind, w.code, w.label FROM jsonb_to_recordset(words) AS w (kind text, code text, label text)
            ON CONFLICT (kind, code) DO UPDATE SET label = excluded.label;
    END;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA statistics FROM PUBLIC;
    GRANT USAGE ON SCHEMA statistics TO app, statistics, backup;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA statistics TO app;
    GRANT SELECT ON statistics.cell, statistics.word TO statistics;
    GRANT SELECT ON ALL TABLES IN SCHEMA statistics TO backup;
"""
DROP = "DROP SCHEMA statistics CASCADE;"
