"""The worker's database after a test that committed: every row as in the template, or a new clone."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import builders
from tests.harness import databases, original
from tests.harness.databases import WorkerDatabase

TABLES = """
    SELECT oid::regclass::text FROM pg_class
     WHERE relkind = 'r' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
NUMBER = "SELECT oid FROM pg_database WHERE datname = %s"  # a clone gets a new one
WRITES = {
    "rows of tables that were empty": "INSERT INTO members_household (member_number) VALUES ('90000001')",
    "a row more where the migrations left some": """
        INSERT INTO members_actfamily (code, label, need, position) VALUES ('ZZZ', 'Essai', '', 99)
    """,
    "a row changed": "UPDATE members_actfamily SET label = 'Autre' WHERE code = (SELECT min(code) FROM members_actfamily)",
    "a row gone": "DELETE FROM providers_rejectreason WHERE ctid = (SELECT min(ctid) FROM providers_rejectreason)",
    "one gone and one come": """
        DELETE FROM providers_rejectreason WHERE ctid = (SELECT min(ctid) FROM providers_rejectreason);
        INSERT INTO providers_rejectreason SELECT (jsonb_populate_record(r, '{"code": "ZZZ"}')).*
          FROM providers_rejectreason r LIMIT 1
    """,
    "what others refer to": "DELETE FROM auth_group_permissions; DELETE FROM auth_permission WHERE id % 2 = 0",
}
CHANGES = {
    "a table": "CREATE TABLE essai (id int)",
    "a column": "ALTER TABLE members_household ADD COLUMN essai int",
    "an index": "CREATE INDEX essai ON members_household (member_number, id)",
    "a trigger off": "ALTER TABLE members_person DISABLE TRIGGER ALL",
    "a right": "GRANT DELETE ON privacy_entry TO app",
    "a right on a column": "GRANT UPDATE (postcode) ON members_person TO PUBLIC",
    "a policy": "CREATE POLICY essai ON members_person FOR SELECT USING (true)",
    "row security off": "ALTER TABLE members_person DISABLE ROW LEVEL SECURITY",
    "a function": "CREATE FUNCTION essai() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "what the planner knows": "ANALYZE members_actfamily",
    "what the planner knows of an empty table": "VACUUM members_household",
    "an emptied table": "TRUNCATE members_cover CASCADE",
    "a setting": "ALTER DATABASE {name} SET work_mem = '1MB'",
    "a schema": "CREATE SCHEMA essai",
    "a default right": "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
    "a constraint": "ALTER TABLE members_household ADD CONSTRAINT essai CHECK (id > 0)",
    "a type": "CREATE TYPE essai AS ENUM ('a')",
    "a comment": "COMMENT ON TABLE members_household IS 'essai'",
}


@pytest.fixture
def database(fresh_database: None, worker_database: WorkerDatabase) -> Iterator[WorkerDatabase]:
    """The worker's own; other tests find it renewed."""
    if worker_database.original is None:
        pytest.skip("a server of somebody else's: there each renewal is a clone")
    yield worker_database
    worker_database.soil()


def read(database: WorkerDatabase) -> tuple[dict[str, list[tuple[str]]], list[tuple[object, ...]]]:
    """Every row of every table, and where every sequence stands."""
    with original.connect(database.name) as connection:
        names = [name for (name,) in connection.execute(TABLES)]
        rows = {name: sorted(connection.execute(f"SELECT t::text FROM {name} t").fetchall()) for name in names}
        return rows, sorted(connection.execute(original.CALLED).fetchall())


def number(database: WorkerDatabase) -> int:
    with databases.connect(databases.ANY_DATABASE) as connection:
        ((found,),) = connection.execute(NUMBER, [database.name]).fetchall()
        return int(found)


def write(database: WorkerDatabase, statements: str) -> None:
    """As the superuser, each statement on its own."""
    with original.connect(database.name) as connection:
        connection.autocommit = True
        connection.execute(statements.replace("{name}", database.name))


@pytest.fixture
def cloned(database: WorkerDatabase) -> tuple[dict[str, list[tuple[str]]], list[tuple[object, ...]]]:
    """All that a new clone of the template holds."""
    database.clone()
    return read(database)


def renewed(database: WorkerDatabase) -> None:
    database.soil()
    database.renew()


@pytest.mark.parametrize("written", WRITES.values(), ids=WRITES.keys())
def test_what_was_written_is_put_back_without_a_clone(database: WorkerDatabase, cloned: object, written: str) -> None:
    before = number(database)
    for _ in range(2):
        write(database, written)
        assert read(database) != cloned
        renewed(database)
        assert read(database) == cloned
    assert number(database) == before


def test_a_whole_household_of_the_product_is_put_back(
    database: WorkerDatabase, cloned: object, transactional_db: None
) -> None:
    before = number(database)
    builders.account(builders.person(iban="FR1420041010050500013M02606"))
    assert read(database) != cloned
    renewed(database)
    assert (read(database), number(database)) == (cloned, before)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_other_change_takes_a_new_clone(database: WorkerDatabase, change: str) -> None:
    database.clone()
    before = number(database)
    write(database, change)
    renewed(database)
    assert number(database) != before


def test_a_table_that_grew_takes_a_new_clone(database: WorkerDatabase) -> None:
    before = number(database)
    write(database, "INSERT INTO members_household (member_number) SELECT 10000000 + n FROM generate_series(1, 9000) n")
    renewed(database)
    assert number(database) != before


def test_whoever_is_still_connected_is_thrown_out(database: WorkerDatabase, cloned: object) -> None:
    with original.connect(database.name) as stranger:
        stranger.execute("INSERT INTO members_household (member_number) VALUES ('90000001')")
        renewed(database)
        with pytest.raises(psycopg.OperationalError):
            stranger.execute("SELECT 1")
    assert read(database) == cloned


def test_a_temporary_table_takes_no_clone(database: WorkerDatabase) -> None:
    before = number(database)
    write(database, "CREATE TEMPORARY TABLE essai AS SELECT 1 AS one")
    renewed(database)
    assert number(database) == before
