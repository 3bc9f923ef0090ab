"""The contracts of a company and the texts that hold for them (CGU-3.20)."""

import datetime

import pytest
from django.test import Client

from employers.companies.models import GroupContract
from members.coverage.models import PlanKind
from portals.access.models import CompanyRole
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of, slip_of
from tests.employers.users.people import colleague, signed_in
from tests.members.library import objects as library
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.20")]

PAGE = "/employeur/contrat/"
DOCUMENTS = "/employeur/documents/"


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.company_account)
    return client


@pytest.fixture
def contract(cast: Cast) -> GroupContract:
    return contract_of(cast.company)


def test_the_contract_page_says_whom_it_covers_at_which_rates_and_whom_to_ask(
    us: Client, cast: Cast, contract: GroupContract
) -> None:
    slip_of(cast.company)
    page = words_of(us.get(PAGE).text)
    for words in (
        f"couvre la population {contract.population}",
        contract.contract_number,
        contract.plan.name,
        "sans terme",
        "Les taux de cotisation",
        "Isolé",
        cast.company.email,
    ):
        assert words in page


def test_the_rates_count_nobody(us: Client, cast: Cast) -> None:
    slip_of(cast.company)
    assert "400,50" not in words_of(us.get(PAGE).text)


def test_contracts_that_ended_or_come_stand_after_those_that_run(
    us: Client, cast: Cast, contract: GroupContract
) -> None:
    past = builders.group_contract(
        cast.company, start_date=datetime.date(2015, 1, 1), end_date=datetime.date(2019, 12, 31), plan=contract.plan
    )
    page = words_of(us.get(PAGE).text)
    assert "Terminé" in page
    assert page.index(contract.contract_number) < page.index(past.contract_number)


@pytest.mark.parametrize("role", [CompanyRole.HR_MANAGER, CompanyRole.ACCOUNTANT, CompanyRole.READER])
def test_every_role_of_the_company_reads_the_contract(role: str, cast: Cast) -> None:
    client = signed_in(colleague(cast.company, role))
    assert [client.get(address).status_code for address in (PAGE, DOCUMENTS)] == [200, 200]


def test_only_texts_that_held_for_the_company_are_there(us: Client, cast: Cast, contract: GroupContract) -> None:
    statutes = library.document()
    mine = library.terms_of(contract.plan)
    own = library.document(title="Notice d’information", group_contract=contract.contract_number)
    elsewhere = library.terms_of(builders.plan(kind=PlanKind.GROUP, name="Autre formule"))
    theirs = library.document(title="Notice du voisin", group_contract=contract_of(cast.rival).contract_number)
    page = words_of(us.get(DOCUMENTS).text)
    assert "3 textes font foi aujourd’hui" in page and "Autre formule" not in page and "Notice du voisin" not in page
    for document in (statutes, mine, own):
        answer = us.get(f"{DOCUMENTS}{document.pk}.pdf")
        assert answer.status_code == 200
        assert b"".join(answer) == library.PDF
    for document in (elsewhere, theirs):
        assert us.get(f"{DOCUMENTS}{document.pk}.pdf").status_code == 404


def test_a_company_without_texts_is_told_how_to_have_them(us: Client) -> None:
    assert "nous vous les envoyons sans frais" in words_of(us.get(DOCUMENTS).text)


def test_a_contract_of_another_company_is_not_there(us: Client, cast: Cast) -> None:
    theirs = builders.group_contract(cast.rival, population="Équipage")
    assert theirs.contract_number not in us.get(PAGE).text
