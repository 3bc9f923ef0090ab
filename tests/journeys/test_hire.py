"""HR on a phone, without JavaScript: somebody is hired, affiliated, seen in the list, and all of it undone."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-3.15", "CGU-3.16")]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def test_somebody_is_hired_affiliated_and_it_is_undone(phone: Phone, people: Cast) -> None:
    hired = timezone.localdate().replace(day=1)
    page = phone(builders.sign_in(Client(), people.company_account))
    title = page.get_by_role("heading", level=1)
    page.goto("/employeur/salaries/")
    expect(title).to_contain_text("Aucun salarié")
    page.get_by_role("link", name="Affilier un salarié").click()
    page.get_by_label("Premier jour d’affiliation").fill(f"{hired:%d/%m/%Y}")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom", exact=True).fill("Le Roux")
    page.get_by_label("Prénoms").fill("Maëlle")
    page.get_by_label("Date de naissance").fill("31/04/1991")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("avril n’a que 30 jours").first).to_be_visible()
    page.get_by_label("Date de naissance").fill("05/04/1991")
    page.get_by_role("button", name="Continuer").click()
    expect(title).to_contain_text("L’affiliation de Maëlle Le Roux commence")
    page.get_by_role("button", name="Affilier ce salarié").click()
    expect(title).to_contain_text("1 salarié affilié")

    page.goto("/employeur/salaries/?q=maelle")
    page.get_by_role("link", name="Le Roux Maëlle").click()
    expect(title).to_contain_text("L’affiliation de Maëlle Le Roux court")
    page.get_by_role("table").get_by_role("link").click()
    page.get_by_role("button", name="Annuler l’opération").click()
    expect(title).to_contain_text("tout est comme avant")
    page.goto("/employeur/salaries/")
    expect(title).to_contain_text("Aucun salarié")
