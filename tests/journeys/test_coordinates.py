"""A member on a phone, without JavaScript: another bank account and the way back; the end of a contract, followed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from portals.accounts import sessions
from tests import builders
from tests.builders.accounts import PASSWORD
from tests.builders.second_factor import totp
from tests.cast import build_cast
from tests.harness import browser

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(transactional_db: None, chromium: Browser, live_site: str) -> Iterator[Page]:
    """Alice's phone, 390 px and no script, signed in ten minutes ago."""
    account = build_cast().alice_account
    totp(account)
    client = builders.sign_in(Client(), account)
    session = client.session
    session[sessions.BEGAN] = int(time.time()) - 600
    session.save()
    context = chromium.new_context(
        base_url=live_site, locale="fr-FR", java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(browser.PATIENCE)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    yield context.new_page()
    context.close()


@pytest.mark.commitment("CGU-3.4", "CGU-3.26")
def test_the_account_and_the_contract_from_a_phone(phone: Page, tmp_path: Path) -> None:
    phone.goto("/adherent/coordonnees/")
    phone.get_by_role("link", name="Changer de compte").click()
    phone.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    phone.get_by_role("button", name="Confirmer").click()
    phone.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 188")
    phone.get_by_role("button", name="Demander ce changement").click()
    expect(phone.get_by_text("La clé ne correspond pas").first).to_be_visible()
    phone.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 189")
    phone.get_by_label("Ce compte est à mon nom").check()
    phone.get_by_role("button", name="Demander ce changement").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Un nouveau compte servira le")
    phone.get_by_role("button", name="Annuler ce changement").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("·606")

    phone.goto("/adherent/resilier/")
    phone.get_by_role("link", name="Résilier votre contrat").first.click()
    expect(phone.get_by_text("Plus personne n’est couvert")).to_be_visible()
    phone.get_by_label("J’ai lu").check()
    phone.get_by_role("button", name="Résilier ce contrat").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Votre contrat prend fin le")
    with phone.expect_download() as confirmation:
        phone.get_by_role("button", name="Télécharger la confirmation (PDF)").click()
    confirmation.value.save_as(tmp_path / "confirmation.pdf")
    assert "RES-" in PdfReader(tmp_path / "confirmation.pdf").pages[0].extract_text()
    phone.get_by_role("button", name="Annuler ma demande").click()
    expect(phone.get_by_text("votre contrat continue").first).to_be_visible()
