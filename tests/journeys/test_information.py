"""A member on a phone, without JavaScript: an article is found and read; staff write it anew; the new one is read."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-3.14")]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def test_an_article_is_found_read_and_written_anew(phone: Phone, people: Cast) -> None:
    page = phone(builders.sign_in(Client(), people.alice_account))
    page.goto("/adherent/informations/")
    page.get_by_role("searchbox").fill("décompte")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Comment lire un décompte").first.click()
    expect(page.get_by_role("heading", name="Les cinq montants")).to_be_visible()

    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.AGENT)))
    desk.goto("/gestion/portals/article/")
    desk.get_by_role("link", name="Comment lire un décompte").click()
    desk.get_by_label("Texte").fill("## Quatre montants\n\nLa ligne dit **tout** !")
    desk.get_by_label("Ce qui change").fill("Raccourci.")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_text("Version 2")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="Quatre montants")).to_be_visible()
    expect(page.get_by_text("La ligne dit tout\u202f!")).to_be_visible()
    desk.get_by_role("link", name="Lire les versions").click()
    desk.get_by_text("Lire «\u00a0Comment lire un décompte\u00a0»").last.click()
    expect(desk.get_by_role("heading", name="Les cinq montants")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_staff(
    transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.goto("/gestion/portals/article/")
    browser_page.get_by_role("link", name="Comment lire un décompte").click()
    article = browser_page.url.removesuffix("change/")
    addresses = [
        "/gestion/portals/article/", "/gestion/portals/article/add/", f"{article}change/", f"{article}apercu/",
        f"{article}versions/", "/gestion/portals/serviceswitch/", "/gestion/portals/serviceswitch/decider/",
    ]  # fmt: skip
    wrong = [fault for address in addresses for fault in faults_at(browser_page, address)]
    assert (wrong, said) == ([], [])
