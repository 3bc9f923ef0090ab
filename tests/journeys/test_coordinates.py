"""A member on a phone, without JavaScript: another bank account and the way back; the end of a contract, followed."""

import time
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from portals.accounts import sessions
from tests import builders
from tests.builders.accounts import PASSWORD
from tests.builders.second_factor import totp
from tests.cast import build_cast
from tests.harness.browser import Phone

pytestmark = pytest.mark.browser


@pytest.fixture
def alice(transactional_db: None, phone: Phone) -> Page:
    """Alice's phone, signed in ten minutes ago."""
    account = build_cast().alice_account
    totp(account)
    client = builders.sign_in(Client(), account)
    session = client.session
    session[sessions.BEGAN] = int(time.time()) - 600
    session.save()
    return phone(client)


@pytest.mark.commitment("CGU-3.4", "CGU-3.26")
def test_the_account_and_the_contract_from_a_phone(alice: Page, tmp_path: Path) -> None:
    alice.goto("/adherent/coordonnees/")
    alice.get_by_role("link", name="Changer de compte").click()
    alice.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    alice.get_by_role("button", name="Confirmer").click()
    alice.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 188")
    alice.get_by_role("button", name="Demander ce changement").click()
    expect(alice.get_by_text("La clé ne correspond pas").first).to_be_visible()
    alice.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 189")
    alice.get_by_label("Ce compte est à mon nom").check()
    alice.get_by_role("button", name="Demander ce changement").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("Un nouveau compte servira le")
    alice.get_by_role("button", name="Annuler ce changement").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("·606")

    alice.goto("/adherent/resilier/")
    alice.get_by_role("link", name="Résilier votre contrat").first.click()
    expect(alice.get_by_text("Plus personne n’est couvert")).to_be_visible()
    alice.get_by_label("J’ai lu").check()
    alice.get_by_role("button", name="Résilier ce contrat").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("Votre contrat prend fin le")
    with alice.expect_download() as confirmation:
        alice.get_by_role("button", name="Télécharger la confirmation (PDF)").click()
    confirmation.value.save_as(tmp_path / "confirmation.pdf")
    assert "RES-" in PdfReader(tmp_path / "confirmation.pdf").pages[0].extract_text()
    alice.get_by_role("button", name="Annuler ma demande").click()
    expect(alice.get_by_text("votre contrat continue").first).to_be_visible()
