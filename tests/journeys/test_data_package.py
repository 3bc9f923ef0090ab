"""A member on a phone, without JavaScript: asks for a copy, waits, proves themselves, takes it once, and only once."""

import time
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from portals import jobs
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


@pytest.mark.commitment("PDP-8.1", "PDP-8.7", "CGU-3.26")
def test_a_copy_is_asked_for_made_and_taken_once(alice: Page, tmp_path: Path) -> None:
    alice.goto("/compte/export/")
    alice.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    alice.get_by_role("button", name="Confirmer").click()
    alice.get_by_role("button", name="Préparer ma copie").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("en préparation")
    expect(alice.get_by_label("Faite à 0\u202f%")).to_be_visible()
    jobs.run_due()
    alice.get_by_role("link", name="Regarder si elle est prête").click()
    alice.get_by_role("button", name="Obtenir mon lien").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("une seule fois")
    way = alice.get_by_role("link", name="Télécharger ma copie (ZIP)")
    address = way.get_attribute("href")
    with alice.expect_download() as copy:
        way.click()
    copy.value.save_as(tmp_path / "copie.zip")
    assert {"vos-donnees.pdf", "adherent/fhir.json"} <= set(zipfile.ZipFile(tmp_path / "copie.zip").namelist())
    alice.goto(str(address))
    expect(alice.get_by_role("heading", level=1)).to_contain_text("Ce lien ne sert plus")
    alice.get_by_role("button", name="Obtenir un autre lien").click()
    expect(alice.get_by_role("link", name="Télécharger ma copie (ZIP)")).to_be_visible()
