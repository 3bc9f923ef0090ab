"""An employer sees its own employees, and of them nothing but what it declared (PDP-3.3): fields, pages, database."""

import datetime

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from employers.companies.models import Company
from employers.users.models import Invitation, Mandate
from employers.workforce.export import HEADINGS
from employers.workforce.models import Affiliation, Operation, OperationItem, WorkforceDraft
from members.enrolment import actions as enrolment
from members.households.models import Person, Role
from members.models import BenefitLine, Card, Cover, Household, Policy
from portals.access import isolation
from portals.access.models import Basis, CompanyRole
from portals.accounts.models import Account, Space
from tests import builders
from tests.cast import ALICE_IBAN, Cast
from tests.employers.users.people import acting, colleague, grant_of
from tests.employers.workforce.objects import NIR, affiliated

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-3.3")]

LIST = "/employeur/salaries/"
SEEN = {
    "id", "company", "contract", "person", "policy", "family_name", "given_names", "birth_date", "search_name",
    "search_given", "employee_number", "email", "population", "start_date", "end_date", "end_reason", "left_on",
    "ended_here_on", "undone_at",
}  # fmt: skip
"""`person` and `policy` are numbers: what they lead to is behind the members' own row-level security."""


def test_what_a_company_holds_of_an_employee_is_a_closed_list() -> None:
    assert {field.name for field in Affiliation._meta.get_fields() if field.concrete} == SEEN
    assert not {"NIR", "IBAN", "Ayants droit"} & set(HEADINGS)


def test_without_any_filter_the_database_shows_a_company_its_own_rows(cast: Cast) -> None:
    ours, theirs = affiliated(cast.company), affiliated(cast.rival)
    for company, expected in ((cast.company, ours), (cast.rival, theirs)):
        with isolation.tenant(Space.EMPLOYER, company.pk):
            assert list(Affiliation.objects.values_list("pk", flat=True)) == [expected.pk]
            assert {operation.company_id for operation in Operation.objects.all()} == {company.pk}
            assert {item.company_id for item in OperationItem.objects.all()} == {company.pk}
    isolation.apply({})
    for model in (Affiliation, Operation, OperationItem, WorkforceDraft):
        assert not model._default_manager.exists()


def test_in_the_context_of_a_company_no_household_exists(cast: Cast) -> None:
    affiliated(cast.company)
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        for model in (Person, Household, Policy, Cover, BenefitLine, Card):
            assert not model._default_manager.exists(), model


def test_a_company_writes_into_no_other(cast: Cast) -> None:
    affiliated(cast.rival)
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        assert Affiliation.objects.update(family_name="Autre") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Operation.objects.create(
                company=cast.rival,
                by=cast.company_account,
                source="file",
                undoable_until=timezone.now(),
            )


def test_the_pages_never_say_what_is_the_employees_own(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.company_account)
    made = affiliated(cast.company)
    enrolment.add_dependant(
        by=cast.company_account, policy_id=made.policy_id or 0,
        dependant=enrolment.NewDependant(Role.CHILD, "Secret", "Titouan", datetime.date(2020, 2, 3)),
        first_day=made.start_date,
    )  # fmt: skip
    with isolation.system():
        person = Person.objects.select_related("household").get(pk=made.person_id or 0)
    hidden = (NIR, ALICE_IBAN, "Titouan", person.person_ref, person.household.member_number)
    addresses = (
        LIST,
        f"{LIST}{made.pk}/",
        f"{LIST}{made.pk}/corriger/",
        f"{LIST}operations/",
        "/employeur/salaries.csv",
    )
    for address in addresses:
        text = client.get(address).content.decode()
        assert "Le Roux" in text or "operations" in address
        assert not [word for word in hidden if word in text], address


def test_an_agent_sees_employees_only_in_the_scope_and_the_days_of_the_mandate(cast: Cast) -> None:
    affiliated(cast.company)
    firm = builders.company(name="Cabinet Déclarant")
    agent = colleague(firm, CompanyRole.HR_MANAGER)
    mandate = mandated(agent, cast.company, ["employer.employees"])
    client = acting(agent, cast.company)
    assert client.get(LIST).status_code == 200
    with isolation.system():
        Mandate.objects.filter(pk=mandate.pk).update(services=["employer.slips"])
    assert client.get(LIST).status_code == 403
    with isolation.system():
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Mandate.objects.filter(pk=mandate.pk).update(
            services=["employer.employees"], starts_on=yesterday - datetime.timedelta(days=30), ends_on=yesterday
        )
    assert client.get(LIST).status_code == 403


def mandated(agent: Account, company: Company, services: list[str]) -> Mandate:
    """The agent acts for the company, for a year, for these services."""
    today = timezone.localdate()
    with isolation.system():
        grant = grant_of(agent)
        grant.basis, grant.tenant_id, grant.subject_id = Basis.MANDATE, company.pk, company.pk
        grant.closes_on = today + datetime.timedelta(days=365)
        grant.save()
        invitation = Invitation.objects.create(
            reference="1" * 32, company=company, email_sealed=b"", email_index=b"", token_hash=b"",
            role=CompanyRole.HR_MANAGER, invited_by=agent, expires_at=timezone.now(),
            accepted_at=timezone.now(), accepted_by=agent,
        )  # fmt: skip
        return Mandate.objects.create(
            company=company, invitation=invitation, services=services, starts_on=today,
            ends_on=today + datetime.timedelta(days=364),
        )  # fmt: skip
