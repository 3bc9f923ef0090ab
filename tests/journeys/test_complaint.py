"""A member on a phone, without JavaScript: a complaint, its dated copy, the answer of staff, a second look."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect
from pypdf import PdfReader

from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.mark.commitment("CGU-3.13")
def test_a_complaint_from_a_phone_to_the_second_look(phone: Phone, people: Cast, tmp_path: Path) -> None:
    page = phone(builders.sign_in(Client(), people.alice_account))
    page.goto("/reclamations/")
    page.get_by_role("link", name="Faire une réclamation").first.click()
    page.get_by_label("Votre réclamation porte sur").select_option(label="Un délai trop long")
    page.get_by_label("Ce qui s’est passé").fill("Ma facture attend depuis six semaines.")
    page.get_by_role("button", name="Garder le brouillon").click()
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name="Envoyer ma réclamation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous vous répondons au plus tard le")
    with page.expect_download() as copy:
        page.get_by_role("link", name="Télécharger ma copie datée").click()
    copy.value.save_as(tmp_path / "copie.pdf")
    assert "depuis six semaines" in PdfReader(tmp_path / "copie.pdf").pages[0].extract_text()

    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.AGENT)))
    desk.goto("/gestion/portals/thread/")
    desk.get_by_role("link", name="RC-").click()
    desk.get_by_label("Répondre", exact=True).check()
    desk.get_by_label("Issue").select_option(label="Non acceptée")
    desk.get_by_label("Texte (facultatif)").fill("La facture était incomplète : il manque le détail des séances.")
    desk.get_by_role("button", name="Enregistrer").click()

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("non acceptée")
    expect(page.get_by_text("255 rue de Vaugirard")).to_be_visible()
    page.get_by_role("link", name="Demander un réexamen").click()
    page.get_by_label("Ce qui ne vous convient pas").fill("Le détail était joint.")
    page.get_by_role("button", name="Demander un réexamen").click()
    expect(page.get_by_text("Réexamen demandé").first).to_be_visible()
