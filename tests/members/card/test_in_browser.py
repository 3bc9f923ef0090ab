"""The card in a real browser: on a phone without JavaScript, accessible in both schemes, never wider than the screen."""

import io

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from members.card.models import Card
from members.card.signature import CardVerdict, verify_card_payload
from portals.access import isolation
from tests import builders
from tests.cast import Household, alices_household
from tests.harness.accessibility import EVERY_LOOK, faults_at
from tests.members.card.objects import pages_of, read

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def october() -> None:
    """In place of the folder's: the site under test is another process, on today's date."""


@pytest.fixture
def home(transactional_db: None) -> Household:
    return alices_household()


def sign_in(page: Page, home: Household, client: Client, address: str) -> None:
    """The browser as Alice."""
    builders.sign_in(client, home.alice_account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.mark.commitment("CGU-3.12")
def test_on_a_phone_without_javascript_the_card_is_shown_scanned_and_downloaded(
    home: Household, chromium: Browser, live_site: str, client: Client
) -> None:
    phone = chromium.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 390, "height": 844}, device_scale_factor=2,
        locale="fr-FR", accept_downloads=True,
    )  # fmt: skip
    page = phone.new_page()
    try:
        sign_in(page, home, client, live_site)
        page.goto("/adherent/")
        page.get_by_role("navigation", name="Rubriques").get_by_role("link", name="Carte").click()
        page.get_by_role("button", name="Établir la carte").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Votre carte est valable jusqu’au")
        codes = read(Image.open(io.BytesIO(page.locator(".codes").screenshot())))
        with isolation.system():
            card = Card.objects.get()
        assert codes["QRCode"] == card.payload
        assert card.number in codes["DataMatrix"]
        with page.expect_download() as download:
            page.get_by_role("link", name="Format téléphone").click()
        printed = read(pages_of(download.value.path().read_bytes())[0])
        assert verify_card_payload(printed["QRCode"]).verdict == CardVerdict.GENUINE
        page.get_by_label("Pour").select_option(label="Inès")
        page.get_by_role("button", name="Afficher").click()
        page.get_by_role("button", name="Établir la carte").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("La carte pour Inès est valable")
        page.get_by_role("button", name="M’en envoyer le lien").click()
        expect(page.get_by_text("Un e-mail part vers votre adresse")).to_be_visible()
    finally:
        phone.close()


@pytest.fixture
def alice_page(home: Household, browser_page: Page, live_site: str, client: Client) -> Page:
    sign_in(browser_page, home, client, live_site)
    client.post("/adherent/carte/etablir/")
    return browser_page


def test_axe_finds_nothing_and_nothing_scrolls_sideways(alice_page: Page) -> None:
    for address in ("/adherent/carte/", "/adherent/carte/?date=31/11/2026", "/adherent/carte/?date=01/05/2020"):
        assert faults_at(alice_page, address, EVERY_LOOK) == []
