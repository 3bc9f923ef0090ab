"""The confirmation by keyboard alone; axe on the pages that the table of permissions does not reach."""

import time
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from portals.accounts.models import Account
from portals.accounts.second_factor.models import TotpDevice
from portals.accounts.security import proofs, step_up
from portals.accounts.security.email_change import Link, ask_email_change, token_of
from portals.accounts.sessions import BEGAN
from tests import builders
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-3.26")]

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(320, "dark"), (1280, "light")]
WANTED = "/compte/adresse-e-mail/"


def enter(page: Page, site: str, account: Account) -> Client:
    """Signed in long ago, in the browser and in the client that shares its session."""
    client = builders.sign_in(Client(), account)
    change_session(client, **{BEGAN: client.session[BEGAN] - 600})
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return client


def change_session(client: Client, **values: int) -> None:
    session = client.session
    session.update(values)
    session.save()


def faults_of(page: Page, address: str) -> list[str]:
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        found += [f"{address} {width}: {fault['id']}" for fault in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{address} {width}: scrolls sideways")
    return found


def test_a_late_form_is_confirmed_and_sent_with_the_keyboard_alone(
    transactional_db: None, browser_page: Page, live_site: str
) -> None:
    account = build_cast().alice_account
    device = TotpDevice(user=account, name="Téléphone", confirmed=True)
    device.seal_key(b"k" * 20)
    device.save()
    client = enter(browser_page, live_site, account)
    change_session(client, **{step_up.PROVEN: int(time.time())})
    browser_page.goto(WANTED)
    browser_page.get_by_label("Nouvelle adresse e-mail").fill("nouvelle@example.org")
    change_session(client, **{step_up.PROVEN: int(time.time()) - 600})
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Confirmez que c’est bien vous")
    while browser_page.evaluate("document.activeElement.name") != "password":
        browser_page.keyboard.press("Tab")
    browser_page.keyboard.type(builders.PASSWORD)
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_label("Nouvelle adresse e-mail")).to_have_value("nouvelle@example.org")


def test_axe_finds_nothing_on_the_steps_of_a_confirmation(
    transactional_db: None, browser_page: Page, live_site: str
) -> None:
    account = build_cast().alice_account
    change = ask_email_change(by=account, address="nouvelle@example.org")
    client = enter(browser_page, live_site, account)
    client.post("/compte/sessions/fermer/")
    asked = "/compte/confirmer/?next=/compte/sessions/fermer/"
    faults = faults_of(browser_page, asked)
    change_session(client, **{proofs.PASSWORD_GIVEN: int(time.time())})
    faults += faults_of(browser_page, asked)
    change_session(client, **{step_up.PROVEN: int(time.time())})
    faults += faults_of(browser_page, "/compte/confirmer/reprise/")
    faults += faults_of(browser_page, WANTED)
    for link in Link:
        faults += faults_of(browser_page, f"/compte/adresse-e-mail/lien/{change.reference}/{token_of(change, link)}/")
    browser_page.get_by_role("button", name="Annuler le changement").click()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("annulé")
    assert faults == []
