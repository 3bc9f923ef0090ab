"""A waiver on a phone, without JavaScript: the case, the request, the answer, the reminder a year later, the renewal."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from employers.waivers.models import Waiver
from employers.waivers.planned import follow
from portals.access import isolation
from tests import builders
from tests.builders.second_factor import totp
from tests.cast import build_cast
from tests.harness.browser import Phone
from tests.portals.documents import hostile

pytestmark = pytest.mark.browser

LAST_YEAR = datetime.timedelta(days=330)


@pytest.fixture
def manager(transactional_db: None, phone: Phone) -> Page:
    """The phone of whoever manages the employees of a company."""
    account = builders.account(build_cast().company, role="hr_manager", display_name="Nolwenn Riou")
    totp(account)
    return phone(builders.sign_in(Client(), account))


def written(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.mark.commitment("CGU-3.18")
def test_a_waiver_from_the_request_to_its_renewal(manager: Page, tmp_path: Path) -> None:
    proof, today = tmp_path / "attestation.pdf", datetime.date.today()  # noqa: DTZ011  the browser's own day
    proof.write_bytes(hostile.written(hostile.plain_pdf()))
    began = today - LAST_YEAR
    manager.goto("/employeur/dispenses/")
    manager.get_by_role("link", name="Déposer une demande").click()
    manager.get_by_role("link", name="Continuer : Couvert par un autre régime collectif").click()
    manager.get_by_label("Nom", exact=True).fill("Kerbrat")
    manager.get_by_label("Prénoms").fill("Yann")
    manager.get_by_label("Date de naissance").fill("12/04/1988")
    manager.get_by_label("Date d’embauche").fill(written(began))
    manager.get_by_label("Premier jour de la dispense").fill(written(began))
    manager.get_by_label("La demande du salarié").fill("Je suis couvert par le contrat de mon conjoint.")
    manager.get_by_label("Date de sa demande").fill(written(began))
    manager.get_by_label("Le salarié écrit que").check()
    manager.get_by_role("button", name="Garder la demande").click()
    expect(manager.get_by_text("Ajoutez au moins un document").first).to_be_visible()
    manager.get_by_label("Documents").set_input_files(proof)
    manager.get_by_role("button", name="Garder la demande").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("Yann Kerbrat demande une dispense")
    accept(manager)
    expect(manager.get_by_role("heading", level=1)).to_contain_text("La dispense de Yann Kerbrat vaut jusqu’au")

    with isolation.system():
        until = Waiver.objects.get().valid_until
        assert until is not None
        assert follow(today=today) == (1, 0)
    manager.get_by_role("link", name="Renouveler la dispense").click()
    manager.get_by_label("La demande du salarié").fill("Ma situation n’a pas changé.")
    manager.get_by_label("Date de sa demande").fill(written(today))
    manager.get_by_label("Le salarié écrit que").check()
    manager.get_by_label("Documents").set_input_files(proof)
    manager.get_by_role("button", name="Garder la demande").click()
    accept(manager)
    with isolation.system():
        assert Waiver.objects.get().valid_until == until.replace(year=until.year + 1)
    with manager.expect_download() as copy:
        manager.get_by_role("link", name="Cette demande, comme preuve").first.click()
    copy.value.save_as(tmp_path / "copie.pdf")
    assert (tmp_path / "copie.pdf").read_bytes().startswith(b"%PDF")


def accept(page: Page) -> None:
    page.get_by_role("button", name="Le sortir de quarantaine").click()
    page.get_by_role("button", name="Accepter la dispense").click()
