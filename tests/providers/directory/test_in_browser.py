"""The directory in a real browser: on a phone without JavaScript, then with a position and with the map."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import builders
from tests.cast import alices_household
from tests.harness.browser import Phone, goes_on
from tests.providers.directory.people import LORIENT, optician

pytestmark = pytest.mark.browser

ADDRESS = "/adherent/professionnels/"


@pytest.fixture
def alice(transactional_db: None, client: Client) -> Client:
    return builders.sign_in(client, alices_household().alice_account)


@pytest.mark.commitment("CGU-3.11")
def test_a_member_finds_an_optician_on_a_phone_without_javascript(phone: Phone, alice: Client) -> None:
    optician(km=1.26)
    optician(km=30, practice_name="Optique de Quimperlé")
    page = phone(alice)
    page.goto(ADDRESS)
    expect(page.get_by_role("button", name="Chercher près de moi")).to_be_hidden()
    page.get_by_label("Commune ou code postal").fill("lori")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plusieurs communes répondent à ce nom.")
    page.get_by_role("link", name="Lorient 56100").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("L’adresse la plus proche est à 1,3\u00a0km de Lorient.")
    expect(page.locator(".directory li")).to_have_count(1)
    page.get_by_label("Profession", exact=True).select_option("Opticien-lunetier")
    page.get_by_label("Distance").select_option("50")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".directory li")).to_have_count(2)
    assert page.get_by_role("link", name="Appeler Optique du Port").get_attribute("href") == "tel:0297000001"


@pytest.mark.commitment("CGU-3.11", "CGU-8.1")
def test_near_me_asks_once_sends_by_post_and_the_map_says_what_the_list_says(
    browser_page: Page, live_site: str, alice: Client
) -> None:
    optician(km=1.2)
    optician(km=2, practice_name="Optique de Keryado")
    goes_on(browser_page, alice, live_site)
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
