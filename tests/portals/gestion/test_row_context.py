"""Staff are nobody's tenant: what the database shows them is identity and contract, never care."""

import pytest
from django.db import ProgrammingError, connection, transaction

from employers.companies.models import Company, GroupContract
from members.models import BenefitLine, Cover, Household, Person, Policy
from members.statements.models import Statement
from portals.access import isolation
from portals.gestion.site import STAFF_CONTEXT
from providers.agreements.models import Agreement
from tests.cast import Cast

pytestmark = pytest.mark.django_db

OPEN = [Household, Person, Policy, Cover, Company, GroupContract, Agreement]
ELSEWHERE = {
    "employers_technicalaccount", "employers_technicalline",
    "members_beneficiaryrequest", "members_requeststep",
    "members_portability", "members_unemploymentproof", "members_individualoffer",
    "portals_bankchange", "members_termination",
    "members_carerequest", "members_representation", "members_amountdifference", "members_contributionterm",
    "members_instalment", "members_noemielink", "members_parentalauthority", "portals_message", "portals_staffnote",
    "portals_thread", "privacy_medicalcase",
    "privacy_choice", "privacy_erasure", "privacy_legalhold", "privacy_freeze",
    "privacy_death", "privacy_deathtask", "privacy_deathproof", "privacy_handover", "privacy_estateletter",
    "privacy_archived", "privacy_retentionwarning",
    "privacy_rightsrequest", "privacy_rightspause", "privacy_rightsproof", "privacy_rightsdecision", "privacy_rightstask",
}  # fmt: skip
"""Open as well, and held by the tests of their own rooms."""


@pytest.fixture
def staff_scope(cast: Cast) -> Cast:
    """Everyone, then a transaction in the staff's scope."""
    isolation.apply(STAFF_CONTEXT)
    return cast


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.__name__)
def test_staff_read_identity_and_contract(staff_scope: Cast, model: type) -> None:
    assert model._default_manager.exists()  # type: ignore[attr-defined]  # models, all of them


@pytest.mark.parametrize("model", [BenefitLine, Statement], ids=lambda model: model.__name__)
def test_staff_read_no_care_at_all(staff_scope: Cast, model: type) -> None:
    assert not model._default_manager.exists()  # type: ignore[attr-defined]  # models, both of them


@pytest.mark.commitment("PDP-7.3")
def test_every_other_table_behind_the_wall_is_closed_to_staff(staff_scope: Cast) -> None:
    """Whatever tables come later: no other has a policy that names the staff's scope, and none may be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd FROM pg_policies WHERE qual LIKE %s OR with_check LIKE %s", ["%'staff'%"] * 2
        )
        found = cursor.fetchall()
        cursor.execute("SELECT tablename, cmd FROM pg_policies WHERE policyname = 'staff'")
        named = cursor.fetchall()
    tables = {model._meta.db_table for model in OPEN} | ELSEWHERE
    assert sorted(named) == sorted((table, "SELECT") for table in tables)
    assert set(found) <= set(named)


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.__name__)
def test_staff_write_into_none_of_them(staff_scope: Cast, model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]  # models, all of them
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")
        assert cursor.rowcount == 0


def test_staff_insert_nothing(staff_scope: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Household.objects.create(member_number="90909090")
