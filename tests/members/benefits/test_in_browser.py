"""The member's pages in a real browser: accessible, narrow or wide, light or dark, by keyboard alone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import builders
from tests.cast import Household, alices_household
from tests.harness.accessibility import EVERY_LOOK, faults_of_looks

pytestmark = pytest.mark.browser


@pytest.fixture
def home(transactional_db: None) -> Household:
    return alices_household()


@pytest.fixture
def alice(home: Household, browser_page: Page, live_site: str, client: Client) -> Page:
    """The browser, signed in as Alice."""
    builders.sign_in(client, home.alice_account)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    return browser_page


def test_axe_finds_nothing_and_nothing_scrolls_sideways(home: Household, alice: Page) -> None:
    reversal = builders.reversal(home.alice_line)
    for address in (
        "/adherent/",
        "/adherent/prestations/",
        "/adherent/prestations/?start=31/11/2026",
        "/adherent/prestations/?text=rien",
        f"/adherent/prestations/{home.ines_line.pk}/",
        f"/adherent/prestations/{reversal.pk}/",
    ):
        alice.goto(address)
        for fold in alice.locator("details.fold").all():
            fold.evaluate("fold => { fold.open = true }")
        assert faults_of_looks(alice, address, EVERY_LOOK) == []


def test_the_list_is_filtered_and_a_line_opened_by_keyboard_alone(home: Household, alice: Page) -> None:
    alice.goto("/adherent/prestations/")
    alice.keyboard.press("Tab")
    expect(alice.get_by_text("Aller au contenu")).to_be_focused()
    alice.keyboard.press("Enter")
    for _ in range(30):
        alice.keyboard.press("Tab")
        if alice.evaluate("document.activeElement.id") == "filter_text":
            break
    alice.keyboard.type("detartrage")
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("row")).to_have_count(3)  # heading, line, total
    link = alice.get_by_role("link", name="Détartrage d’Inès")
    for _ in range(40):
        alice.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("heading", level=1)).to_contain_text("La mutuelle vous a versé")
    expect(alice).to_have_title(title_of("Détartrage d’Inès"))


def title_of(label: str) -> str:
    return f"{label} du 24\u00a0septembre\u00a02026 · {settings.ORGANISATION_FACTS.name}"
