"""The employer space: whom it opens to, and its home."""

import datetime

import pytest
from django.test import Client

from employers.companies.models import Company
from portals.accounts.models import Account
from portals.presentation.formats import siret
from tests import builders
from tests.cast import Cast
from tests.newcomer import credentials, mails, sign_in
from tests.pages import words_of

SIRET = "73282932000074"
ANSWERS = {
    "siret": "732 829 320 00074",
    "contract_number": "GC-2026-17",
    "person_name": "Yann Le Bris",
    "email": "RH@amicale.example.org",
}
PAST = datetime.date(2024, 1, 1)


def organisation(**fields: object) -> Company:
    company = builders.company(
        siret=SIRET, name="Amicale des Gardiens de phare", email="rh@amicale.example.org", **fields
    )
    builders.group_contract(company, contract_number="GC-2026-17", population="Membres de l’association")
    return company


def sign_up(client: Client, **changes: str) -> None:
    response = client.post("/inscription/employeur/", {**ANSWERS, **changes})
    assert (response.status_code, response["Location"]) == (302, "/inscription/demande/")


@pytest.mark.commitment("CGU-1.3", "CGU-1.7")
def test_an_association_signs_up_like_a_company_and_the_account_names_both(db: None, client: Client) -> None:
    organisation()
    sign_up(client)
    sent = mails()
    assert {message.to[0] for message in sent} == {"rh@amicale.example.org"}
    identifier, temporary = credentials(sent)
    account = Account.objects.get(identifier=identifier)
    assert (account.space, account.organisation_name) == ("employeur", "Amicale des Gardiens de phare")
    assert account.display_name == "Yann Le Bris"
    assert sign_in(client, identifier, temporary)["Location"] == "/employeur/"


@pytest.mark.commitment("CGU-1.3")
@pytest.mark.parametrize(
    "wrong",
    [
        {"siret": "35600000000048"},
        {"contract_number": "GC-2026-18"},
        {"email": "autre@amicale.example.org"},
    ],
)
def test_one_wrong_answer_gets_the_same_page_and_no_mail(db: None, client: Client, wrong: dict[str, str]) -> None:
    organisation()
    sign_up(client, **wrong)
    assert mails() == [] and not Account.objects.exists()


@pytest.mark.commitment("CGU-1.3")
@pytest.mark.parametrize("dates", [{"end_date": PAST}, {"start_date": datetime.date(2099, 1, 1)}])
def test_a_contract_that_does_not_run_opens_nothing(db: None, client: Client, dates: dict[str, datetime.date]) -> None:
    company = builders.company(siret=SIRET, email="rh@amicale.example.org")
    builders.group_contract(company, contract_number="GC-2026-17", **{"start_date": datetime.date(2020, 1, 1), **dates})
    sign_up(client)
    assert mails() == []


def test_a_company_without_a_declared_address_must_call(db: None, client: Client) -> None:
    company = builders.company(siret=SIRET, email="")
    builders.group_contract(company, contract_number="GC-2026-17")
    sign_up(client)
    assert mails() == []


def test_a_siret_that_cannot_exist_is_said_so(db: None, client: Client) -> None:
    response = client.post("/inscription/employeur/", {**ANSWERS, "siret": "73282932000075"})
    assert response.status_code == 200 and "Ce SIRET n’existe pas" in response.text


@pytest.mark.commitment("CGU-1.3")
def test_the_home_shows_the_company_and_its_running_contracts_only(cast: Cast, client: Client) -> None:
    builders.group_contract(cast.company, contract_number="FINI-2023", start_date=PAST, end_date=PAST)
    builders.sign_in(client, cast.company_account)
    page = words_of(client.get("/employeur/").text)
    assert cast.company.name in page and siret(cast.company.siret) in page and "Ensemble du personnel" in page
    assert "FINI-2023" not in page and siret(cast.rival.siret) not in page
