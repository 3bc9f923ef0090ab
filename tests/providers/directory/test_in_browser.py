"""The directory in a real browser: on a phone without JavaScript, then with a position and with the map."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests import builders
from tests.cast import alices_household
from tests.harness.browser import PATIENCE
from tests.providers.directory.people import LORIENT, optician

pytestmark = pytest.mark.browser

ADDRESS = "/adherent/professionnels/"


def enter(page: Page, client: Client, site: str) -> None:
    builders.sign_in(client, alices_household().alice_account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture
def phone(chromium: Browser, live_site: str, client: Client) -> Iterator[Page]:
    """A phone without JavaScript, signed in as Alice."""
    context = chromium.new_context(
        base_url=live_site, locale="fr-FR", java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    enter(page, client, live_site)
    yield page
    context.close()


@pytest.mark.commitment("CGU-3.11")
def test_a_member_finds_an_optician_on_a_phone_without_javascript(phone: Page) -> None:
    optician(km=1.26)
    optician(km=30, practice_name="Optique de Quimperlé")
    phone.goto(ADDRESS)
    expect(phone.get_by_role("button", name="Chercher près de moi")).to_be_hidden()
    phone.get_by_label("Commune ou code postal").fill("lori")
    phone.get_by_role("button", name="Chercher").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Plusieurs communes répondent à ce nom.")
    phone.get_by_role("link", name="Lorient 56100").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("L’adresse la plus proche est à 1,3\u00a0km de Lorient.")
    expect(phone.locator(".directory li")).to_have_count(1)
    phone.get_by_label("Profession", exact=True).select_option("Opticien-lunetier")
    phone.get_by_label("Distance").select_option("50")
    phone.get_by_role("button", name="Chercher").click()
    expect(phone.locator(".directory li")).to_have_count(2)
    assert phone.get_by_role("link", name="Appeler Optique du Port").get_attribute("href") == "tel:0297000001"


@pytest.mark.commitment("CGU-3.11", "CGU-8.1")
def test_near_me_asks_once_sends_by_post_and_the_map_says_what_the_list_says(
    browser_page: Page, live_site: str, client: Client
) -> None:
    optician(km=1.2)
    optician(km=2, practice_name="Optique de Keryado")
    enter(browser_page, client, live_site)
    browser_page.context.grant_permissions(["geolocation"])
    browser_page.context.set_geolocation({"latitude": LORIENT[0], "longitude": LORIENT[1]})
    sent: list[tuple[str, str, str]] = []
    browser_page.on("request", lambda request: sent.append((request.method, request.url, request.post_data or "")))
    faults: list[str] = []
    browser_page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    browser_page.goto(ADDRESS)
    assert all("lat=" not in url and "lat=" not in data for _, url, data in sent)
    browser_page.get_by_role("button", name="Chercher près de moi").click()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("1,2\u00a0km de vous")
    posts = [data for method, _, data in sent if method == "POST"]
    assert len(posts) == 1 and "lat=47.748&lon=-3.372" in posts[0]
    assert browser_page.url == f"{live_site}{ADDRESS}" and all("47.7" not in url for _, url, _ in sent)

    browser_page.get_by_role("button", name="Afficher la carte").click()
    markers = browser_page.locator("#map .point")
    expect(markers).to_have_count(2)
    listed = browser_page.locator(".directory li h3").all_text_contents()
    assert [marker.get_attribute("title") for marker in markers.all()] == [
        f"{rank}. {name}" for rank, name in enumerate(listed, 1)
    ]
    markers.nth(1).focus()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator(".directory li.chosen h3")).to_have_text("Optique de Keryado")
    assert {url.split("/")[2] for _, url, _ in sent if url.startswith("http")} == {live_site.split("/")[2]}
    assert faults == []
