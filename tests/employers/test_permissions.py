"""The table of roles and services of the employer space: each cell, said twice."""

import datetime

import pytest

from employers.catalogue import allows
from employers.permissions import MANDATABLE, ServiceCode, can_manage_users, may_change, may_see, role_of_scope
from portals.access import isolation
from portals.access.models import Basis, CompanyRole, Grant
from portals.access.services import Service, services_of
from portals.accounts.models import Space
from tests import builders
from tests.cast import Cast
from tests.employers.users.people import signed_in

# home, users, employees, waivers, slips, technical accounts, contract, bank details, documents,
# information:
# C changes and sees, S sees only, - neither.
TABLE = {
    CompanyRole.ADMINISTRATOR: "C C C C C C C C C C",
    CompanyRole.HR_MANAGER: "S - C C - - S - S S",
    CompanyRole.ACCOUNTANT: "S - - - C C S - S S",
    CompanyRole.READER: "S - S S S S S - S S",
}
SCOPE = frozenset({ServiceCode.EMPLOYEES, ServiceCode.SLIPS})
MANDATES = {
    CompanyRole.HR_MANAGER: "S - C - C - - - - S",
    CompanyRole.READER: "S - S - S - - - - S",
}


def grant(role: str, basis: Basis = Basis.GROUP_CONTRACT) -> Grant:
    return Grant(space=Space.EMPLOYER, basis=basis, role=role, tenant_id=1, subject_id=1)


def cell(of: Grant, code: ServiceCode, scope: frozenset[str] = frozenset()) -> str:
    if may_change(of, code, scope):
        assert may_see(of, code, scope)
        return "C"
    return "S" if may_see(of, code, scope) else "-"


@pytest.mark.parametrize("role", CompanyRole)
def test_each_role_opens_its_services_and_no_other(role: CompanyRole) -> None:
    assert " ".join(cell(grant(role), code) for code in ServiceCode) == TABLE[role]


@pytest.mark.parametrize("role", MANDATES)
def test_a_mandate_opens_its_scope_whatever_the_role_would(role: CompanyRole) -> None:
    row = " ".join(cell(grant(role, Basis.MANDATE), code, SCOPE) for code in ServiceCode)
    assert row == MANDATES[role]


def test_no_mandate_manages_users_even_with_everything_in_its_scope() -> None:
    for role in CompanyRole:
        agent = grant(role, Basis.MANDATE)
        assert not can_manage_users(agent)
        seen = {code for code in ServiceCode if may_see(agent, code, frozenset(ServiceCode))}
        assert seen == {ServiceCode.HOME, ServiceCode.INFORMATION, *MANDATABLE}


def test_a_role_that_nobody_knows_opens_nothing() -> None:
    assert not [code for code in ServiceCode if may_see(grant("owner"), code)]


@pytest.mark.parametrize(
    ("services", "changes", "role"),
    [
        ({ServiceCode.EMPLOYEES, ServiceCode.SLIPS}, True, CompanyRole.HR_MANAGER),
        ({ServiceCode.SLIPS}, True, CompanyRole.ACCOUNTANT),
        ({ServiceCode.EMPLOYEES}, False, CompanyRole.READER),
    ],
)
def test_the_role_of_an_agent_follows_the_scope(services: set[str], changes: bool, role: CompanyRole) -> None:
    assert role_of_scope(frozenset(services), may_change=changes) == role


def test_each_service_of_the_space_is_in_the_table() -> None:
    assert {service.code for service in services_of(Space.EMPLOYER)} <= {code.value for code in ServiceCode}


def test_the_scope_is_read_in_the_mandate_and_dies_with_it(cast: Cast) -> None:
    """Without a row that says so, an agent's grant alone opens the home and nothing else."""
    agent = builders.account(cast.company, role="hr_manager", display_name="Sterenn Cadiou")
    Grant.objects.filter(account=agent).update(basis=Basis.MANDATE)
    given = Grant.objects.get(account=agent)
    slips = Service(ServiceCode.SLIPS.value, Space.EMPLOYER, "Bordereaux", frozenset())
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        assert not allows(given, slips, False)


@pytest.mark.parametrize("role", ["hr_manager", "accountant", "reader"])
def test_nobody_but_an_administrator_sends_anything_from_the_home(cast: Cast, role: str) -> None:
    client = signed_in(builders.account(cast.company, role=role))
    assert client.get("/employeur/").status_code == 200
    assert client.post("/employeur/").status_code == 403


def test_an_ended_contract_leaves_only_reading_to_its_agents(cast: Cast) -> None:
    from employers.users import acceptance, mandates
    from employers.users.tokens import hash_of

    day = datetime.date.today()  # noqa: DTZ011  (a day, not an instant)
    agent = builders.account(cast.rival, role="reader", email="agent@example.org")
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        given = mandates.mandate(
            by=cast.company_account, company_id=cast.company.pk, email="agent@example.org",
            services=[ServiceCode.SLIPS], may_change=True, starts_on=day, ends_on=day,
        )  # fmt: skip
        given.invitation.token_hash = hash_of("token")
        given.invitation.save(update_fields=["token_hash"])
    accepted = acceptance.accept(by=agent, token="token")
    slips = Service(ServiceCode.SLIPS.value, Space.EMPLOYER, "Bordereaux", frozenset())
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        assert allows(accepted, slips, False) and allows(accepted, slips, True)
        cast.company.contracts.update(end_date=day - datetime.timedelta(days=30))
        assert allows(accepted, slips, False) and not allows(accepted, slips, True)
