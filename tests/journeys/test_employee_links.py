"""By link, on a phone: one employee completes, is confirmed and covered; another asks to stay out (CGU-3.16)."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from employers.links.models import EmployeeLink
from employers.users.tokens import hash_of
from members.households.models import Person
from portals.access import isolation
from tests import builders
from tests.cast import Cast, build_cast
from tests.employers.links.objects import link_of, token_of
from tests.employers.links.people import CHILD, IBAN, IDENTITY
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone, page_at

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-3.16")]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def invite(page: Page, given_names: str, family_name: str) -> str:
    """HR sends the link; the test then holds what the e-mail would carry."""
    start = timezone.localdate() + datetime.timedelta(days=10)
    page.goto("/employeur/salaries/")
    page.get_by_role("link", name="Envoyer un lien").click()
    page.get_by_role("link", name="Envoyer un lien").click()
    page.get_by_label("Prénom").fill(given_names)
    page.get_by_label("Nom", exact=True).fill(family_name)
    page.get_by_label("Adresse e-mail").fill("personne.invitee@example.org")
    page.get_by_label("Premier jour d’affiliation").fill(f"{start:%d/%m/%Y}")
    page.get_by_role("button", name="Envoyer le lien").click()
    expect(page.get_by_text("Le lien part maintenant")).to_be_visible()
    token = f"token-of-{given_names}"
    with isolation.system():
        link = EmployeeLink.objects.order_by("-pk")[0]
        link.token_hash, link.sent_at = hash_of(token), timezone.now()
        link.save()
    return f"/affiliation/lien/{token}/"


def complete(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Compléter mon affiliation").click()
    page.get_by_label("Prénoms").fill(IDENTITY["given_names"])
    page.get_by_label("Féminin").check()
    page.get_by_label("Date de naissance").fill(IDENTITY["birth_date"])
    page.get_by_label("Numéro de sécurité sociale").fill(IDENTITY["nir"])
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Qui est-ce").select_option(CHILD["case"])
    page.get_by_label("Nom de famille").fill(CHILD["family_name"])
    page.get_by_label("Prénoms").fill(CHILD["given_names"])
    page.get_by_label("Masculin").check()
    page.get_by_label("Date de naissance").fill(CHILD["birth_date"])
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Malo Le Roux").first).to_be_visible()
    page.get_by_role("link", name="Continuer").click()
    page.get_by_label("IBAN").fill(IBAN)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Malo Le Roux").first).to_be_visible()
    page.get_by_role("button", name="Envoyer mon affiliation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("envoyée")


def confirmed(page: Page) -> None:
    page.goto("/employeur/")
    page.get_by_role("link", name="Confirmer 1").click()
    page.get_by_role("link", name="Maëlle Le Roux").click()
    assert "Malo" not in page.content()
    page.get_by_role("button", name="Confirmer l’affiliation").click()
    expect(page.get_by_text("Maëlle Le Roux").first).to_be_visible()


def card_of_the_newcomer(phone: Phone) -> None:
    """In their own space: both are covered."""
    with isolation.system():
        person = Person.objects.select_related("household").get(given_names="Maëlle", family_name="Le Roux")
    page = phone(builders.sign_in(Client(), builders.account(person)))
    page.goto("/adherent/beneficiaires/")
    expect(page.get_by_text("Malo").first).to_be_visible()


def test_one_employee_completes_on_a_phone_without_script_and_is_covered(phone: Phone, people: Cast) -> None:
    company = phone(builders.sign_in(Client(), people.company_account))
    link = invite(company, "Maëlle", "Le Roux")
    employee = company.context.browser
    assert employee is not None
    newcomer = phone_of_nobody(employee, company)
    complete(newcomer, link)
    confirmed(company)
    card_of_the_newcomer(phone)


def test_another_asks_a_waiver_with_script(phone: Phone, people: Cast, live_site: str, chromium: Browser) -> None:
    company = phone(builders.sign_in(Client(), people.company_account))
    link = invite(company, "Yann", "Tanguy")
    with page_at(chromium, live_site) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(link)
        page.get_by_role("link", name="Demander une dispense").click()
        page.get_by_label("Vous étiez salarié avant").check()
        page.get_by_role("button", name="Continuer").click()
        page.get_by_label("Votre date de naissance").fill("02/06/1979")
        page.get_by_label("Votre date d’embauche").fill("01/03/2012")
        page.get_by_label("Votre demande").fill("Je garde le contrat que j’ai.")
        page.get_by_label("Mon employeur m’a informé").check()
        page.get_by_role("button", name="Envoyer ma demande").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("dispense est envoyée")
    company.goto("/employeur/salaries/liens/")
    expect(company.get_by_text("Dispense demandée")).to_be_visible()
    company.get_by_role("link", name="Yann Tanguy").click()
    company.get_by_role("link", name="Voir la demande").click()
    expect(company.get_by_text("Je garde le contrat que j’ai.")).to_be_visible()


def phone_of_nobody(browser: Browser, like: Page) -> Page:
    """Another phone, without script nor session."""
    context = browser.new_context(
        base_url=like.url.split("/employeur")[0], locale="fr-FR", java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    return context.new_page()


def test_axe_finds_nothing_on_the_pages_of_a_link(people: Cast, browser_page: Page, live_site: str) -> None:
    link = link_of(people.company, people.company_account)
    browser_page.goto(f"/affiliation/lien/{token_of(link)}/")
    browser_page.goto("/affiliation/identite/")
    browser_page.get_by_label("Féminin").check()
    browser_page.get_by_label("Date de naissance").fill(IDENTITY["birth_date"])
    browser_page.get_by_role("button", name="Continuer").click()
    steps = ("", "identite/", "beneficiaires/", "compte/", "envoi/", "dispense/", "dispense/individual/", "fin/")
    wrong = [fault for step in steps for fault in faults_at(browser_page, f"/affiliation/{step}")]
    assert wrong == []
