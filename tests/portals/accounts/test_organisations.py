"""Sign-up of organisations: the first person in, and those who come after; what every page says of both."""

import pytest
from django.test import Client

from portals.access.models import Grant
from portals.accounts.models import Account, AccountState
from tests import builders
from tests.cast import Cast
from tests.newcomer import credentials, mails
from tests.pages import words_of

SIRET = "73282932000074"
COMPANY = {
    "siret": SIRET,
    "contract_number": "GC-2026-17",
    "person_name": "Yann Le Bris",
    "email": "rh@amicale.example.org",
}
PRACTICE = {"agreement_number": "TP-2026-3", "person_name": "Anne Quéré"}
SENT = "/inscription/demande/"


def association() -> None:
    company = builders.company(siret=SIRET, name="Amicale des Gardiens de phare", email="rh@amicale.example.org")
    builders.group_contract(company, contract_number="GC-2026-17")


def practice() -> dict[str, str]:
    professional = builders.professional()
    builders.agreement(professional, agreement_number="TP-2026-3")
    return {**PRACTICE, "professional_number": professional.rpps}


def subjects() -> list[tuple[str, str]]:
    return sorted((message.to[0], str(message.subject)) for message in mails())


@pytest.mark.commitment("CGU-1.3")
def test_the_first_person_of_a_company_becomes_its_administrator(db: None, client: Client) -> None:
    association()
    assert client.post("/inscription/employeur/", COMPANY)["Location"] == SENT
    credentials(mails())
    assert Grant.objects.get().role == "administrator"


@pytest.mark.commitment("CGU-1.3", "CGU-1.6")
def test_a_second_sign_up_adds_nobody_and_tells_every_administrator(db: None, client: Client) -> None:
    association()
    client.post("/inscription/employeur/", COMPANY)
    mails()
    first = Account.objects.get()
    Account.objects.update(
        state=AccountState.VALIDATED, must_choose_password=False, password_changed_at=first.created_at
    )
    company_id = Grant.objects.get().tenant_id
    from employers.companies.models import Company
    from portals.access import isolation

    with isolation.system():
        company = Company.objects.get(pk=company_id)
    second = builders.account(company, email="daf@amicale.example.org", role="administrator")
    builders.account(company, email="lecteur@amicale.example.org", role="reader")
    answer = client.post("/inscription/employeur/", {**COMPANY, "person_name": "Une Collègue"})
    assert answer["Location"] == SENT
    assert subjects() == [
        (second.email, "Une demande pour votre organisme"),
        (first.email, "Une demande pour votre organisme"),
    ]
    assert Account.objects.count() == 3


@pytest.mark.commitment("CGU-1.4")
def test_a_second_sign_up_of_a_practice_writes_to_the_known_address(db: None, client: Client) -> None:
    answers = practice()
    client.post("/inscription/professionnel/", answers)
    mails()
    Account.objects.update(state=AccountState.VALIDATED, must_choose_password=False)
    assert client.post("/inscription/professionnel/", {**answers, "person_name": "Un Confrère"})["Location"] == SENT
    assert subjects() == [("cabinet@example.org", "Une demande pour votre organisme")]
    assert Account.objects.count() == 1


def test_a_company_whose_administrators_have_left_may_begin_again(db: None, client: Client) -> None:
    association()
    client.post("/inscription/employeur/", COMPANY)
    mails()
    Grant.objects.update(role="reader")
    client.post("/inscription/employeur/", {**COMPANY, "person_name": "La Remplaçante"})
    identifier, _ = credentials(mails())
    assert Account.objects.get(identifier=identifier).display_name == "La Remplaçante"


@pytest.mark.commitment("CGU-1.7")
@pytest.mark.parametrize(
    ("holder", "address"), [("company_account", "/employeur/"), ("professional_account", "/professionnel/")]
)
def test_every_page_names_the_organisation_and_the_person_who_acts(cast: Cast, holder: str, address: str) -> None:
    account = getattr(cast, holder)
    account.display_name = "Gwenola Tanguy"
    account.save(update_fields=["display_name"])
    client = builders.sign_in(Client(), account)
    for path in (address, "/compte/", f"{address}nulle-part/"):
        header = client.get(path).text.partition("<main")[0]
        assert "Gwenola Tanguy" in header and account.organisation_name in header, path


@pytest.mark.commitment("CGU-3.25")
def test_the_services_are_free_and_no_page_leads_to_a_payment(cast: Cast, client: Client) -> None:
    from django.urls import get_resolver

    from tests.permissions.matrix import url_names

    for address in ("/", "/aide/", "/inscription/employeur/", "/connexion/"):
        page = words_of(client.get(address).text)
        assert "Services gratuits, sans abonnement" in page and "frais de connexion" in page, address
    for holder, home in (("alice_account", "/adherent/"), ("company_account", "/employeur/")):
        assert "Services gratuits" in builders.sign_in(Client(), getattr(cast, holder)).get(home).text
    paying = ("paiement", "payer", "panier", "abonnement", "payment", "checkout", "subscription", "carte-bancaire")
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns] + url_names()
    assert not [route for route in routes if any(word in route for word in paying)]
