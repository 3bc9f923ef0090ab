"""A member on a phone, without JavaScript: a newborn, the photograph of the birth certificate, and the cover."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone
from tests.portals.documents import hostile

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.mark.commitment("CGU-3.9")
def test_a_newborn_from_the_photograph_to_the_cover(phone: Phone, people: Cast) -> None:
    born = timezone.localdate() - datetime.timedelta(days=10)
    page = phone(builders.sign_in(Client(), people.alice_account))
    page.goto("/adherent/beneficiaires/")
    page.get_by_role("link", name="Ajouter une personne").click()
    expect(page.get_by_text("couvert dès sa naissance")).to_be_visible()
    page.get_by_role("link", name="Continuer : nouveau-né").click()
    page.get_by_label("Nom de famille", exact=True).fill("Benali")
    page.get_by_label("Prénoms").fill("Noé Marin")
    page.get_by_label("Masculin").check()
    page.get_by_label("Date de naissance").fill(f"{born:%d/%m/%Y}")
    page.get_by_role("button", name="Continuer").click()
    picture = {"name": "acte.jpg", "mimeType": "image/jpeg", "buffer": hostile.photograph_with_place()}
    page.get_by_label("Ou prendre une photo").set_input_files(picture)  # type: ignore[arg-type]  # a FilePayload
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("link", name="Vérifier et envoyer").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous vous répondons au plus tard le")

    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.AGENT)))
    desk.goto("/gestion/members/beneficiaryrequest/")
    desk.get_by_role("link", name="BEN-").click()
    desk.get_by_role("button", name="Lever la quarantaine").click()
    desk.get_by_label("Accepter", exact=True).check()
    desk.get_by_role("button", name="Enregistrer la décision").click()
    expect(desk.get_by_text("votre décision est enregistrée")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C’est accepté")
    page.goto("/adherent/beneficiaires/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 personnes")
    expect(page.get_by_role("heading", name="Noé Marin Benali")).to_be_visible()
