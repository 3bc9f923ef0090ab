"""The second wall: what the database shows to which context."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError

from members.models import Household
from portals.access import isolation
from portals.accounts.models import Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_households() -> tuple[Household, Household]:
    with isolation.system():
        return Household.objects.create(member_number="1001"), Household.objects.create(member_number="1002")


def test_the_application_is_an_ordinary_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("app", False, False, False)


def test_no_context_shows_no_rows(two_households: tuple[Household, Household]) -> None:
    assert Household.objects.count() == 0


def test_a_household_sees_itself_and_nobody_else(two_households: tuple[Household, Household]) -> None:
    alice, _bob = two_households
    with isolation.tenant(Space.MEMBER, alice.pk):
        assert list(Household.objects.all()) == [alice]


def test_the_context_ends_with_its_block(two_households: tuple[Household, Household]) -> None:
    alice, bob = two_households
    with isolation.tenant(Space.MEMBER, alice.pk):
        with isolation.tenant(Space.MEMBER, bob.pk):
            assert list(Household.objects.all()) == [bob]
        assert list(Household.objects.all()) == [alice]
    assert Household.objects.count() == 0


def test_a_household_cannot_write_into_another(two_households: tuple[Household, Household]) -> None:
    alice, _bob = two_households
    with pytest.raises(ProgrammingError, match="row-level security"), isolation.tenant(Space.MEMBER, alice.pk):
        Household.objects.create(member_number="1003")


@pytest.mark.django_db(transaction=True)
def test_the_context_asks_for_a_transaction() -> None:
    with pytest.raises(isolation.OutsideTransaction):
        isolation._set({"app.scope": "system"})


@pytest.mark.parametrize("statement", ["UPDATE privacy_entry SET action = ''", "DELETE FROM privacy_entry",
                                       "UPDATE portals_acceptance SET label = ''", "DELETE FROM portals_acceptance",
                                       "DELETE FROM members_personevent", "UPDATE members_statement SET content = '{}'",
                                       "CREATE TABLE intruder (id int)"])  # fmt: skip
def test_what_is_proof_cannot_be_changed_by_the_application(statement: str) -> None:
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_table_of_a_tenant_is_behind_the_wall() -> None:
    """A table with a household, company or professional column, or its history, has forced row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
              AND a.attname IN ('household_id', 'company_id') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """
        )
        assert cursor.fetchall() == []
