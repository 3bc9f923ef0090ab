"""Nothing but what the card prints is answered, whatever is added to covers and persons (CGU-3.24)."""

import datetime
import json

import psycopg
import pytest
from django.db import connection
from django.test import Client

from members.coverage.models import Cover, Policy
from members.households.models import Person
from portals.access import isolation
from tests import builders
from tests.cast import Cast, build_cast
from tests.providers.rights.counter import ask, heading_of

pytestmark = pytest.mark.commitment("CGU-3.24")

ADDED = ("members_person", "members_cover", "members_policy", "members_household", "members_plan")
SECRET = "Glaucome"
KEPT_BY_US = {
    "person_ref": "REF-SECRETE", "birth_name": "NOM-SECRET", "search_name": "secret recherche",
    "email": "secret@example.org", "phone": "0600000099", "address_line1": "12 rue Secrète", "postcode": "56999",
    "city": "VILLE-SECRETE", "office_code": "987",
}  # fmt: skip


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def test_a_column_added_to_persons_or_covers_never_reaches_the_answer(
    people: Cast, owner_connection: psycopg.Connection, client: Client
) -> None:
    for table in ADDED:
        owner_connection.execute(f"ALTER TABLE {table} ADD COLUMN diagnosis text DEFAULT '{SECRET}'")
    response = ask(builders.sign_in(client, people.professional_account), people.home.ines)
    assert heading_of(response).startswith("Oui")
    assert SECRET not in response.content.decode()


def test_what_we_keep_of_a_person_and_the_card_does_not_print_is_not_on_the_page(cast: Cast, counter: Client) -> None:
    with isolation.system():
        Person.objects.filter(pk=cast.home.ines.pk).update(**KEPT_BY_US)
        Policy.objects.filter(household=cast.home.ines.household_id).update(
            policy_number="CONTRAT-SECRET", group_contract="GROUPE-SECRET"
        )
    page = ask(counter, cast.home.ines)
    assert heading_of(page).startswith("Oui")
    assert [value for value in KEPT_BY_US.values() if value in page.content.decode()] == []
    assert "SECRET" not in page.content.decode()


def test_the_database_gives_out_a_closed_list_of_columns(cast: Cast) -> None:
    with isolation.system():
        cover = Cover.objects.select_related("policy__plan", "household").get(person=cast.home.ines)
    number, birth = cover.household.member_number, cast.home.ines.birth_date
    asked = (number, birth, None, None, datetime.date(2026, 10, 9), False, "2026-10-09T10:00Z", "V-1", "", "", "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM members_rights_asked({', '.join(['%s'] * len(asked))})", asked)
        assert [column.name for column in cursor.description or ()] == ["is_found", "household", "covers", "plans"]
        is_found, household, covers, plans = cursor.fetchall()[0]
    assert (is_found, household) == (True, cover.household_id)
    plan, ines = cover.policy.plan, cast.home.ines
    assert json.loads(covers) == [
        [
            ines.pk, cover.policy_id, cover.start_date.isoformat(), None, cover.policy.start_date.isoformat(), None,
            plan.pk, plan.responsible, number, ines.rank, ines.family_name, ines.given_names, birth.isoformat(),
            ines.birth_rank,
        ]
    ]  # fmt: skip
    lines, _rates = json.loads(plans)
    assert {len(line) for line in lines} == {12}


def test_only_the_application_may_ask(owner_connection: psycopg.Connection) -> None:
    found = owner_connection.execute(
        "SELECT proname, pg_get_userbyid(grantee) FROM pg_proc, aclexplode(proacl)"
        " WHERE proname LIKE 'members_rights_%' AND grantee <> proowner ORDER BY 1, 2"
    ).fetchall()
    assert found == [("members_rights_asked", "app")]
