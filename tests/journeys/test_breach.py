"""A stolen practice, from the admin: two hundred lookups, the block, the incident, the clock, the file, the persons."""

import datetime
import json
import re
import time
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from portals.accounts.limits import Limit
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import run_due
from portals.presentation.formats import PARIS
from privacy.breaches.telling.actions import tell
from privacy.breaches.telling.models import Concerned
from providers.rights import quotas
from providers.rights.rules import LOOKUPS_IN_A_NIGHT, NIGHT_BEGINS, NIGHT_ENDS
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone
from tests.privacy.breaches.objects import whole_breach_about
from tests.providers.rights.counter import ask

pytestmark = [pytest.mark.browser, pytest.mark.commitment("PDP-7.6", "PDP-7.7", "PDP-7.8", "PDP-7.9")]

TEN_MINUTES = 600  # seconds


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def stolen(people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> int:
    """Two hundred questions about the family, as fast as they go; how many were answered."""
    for name in ("ACCOUNT_MINUTE", "PRACTICE_MINUTE"):
        monkeypatch.setattr(quotas, name, Limit(name.lower(), 10_000, 60))
    builders.sign_in(client, people.professional_account)
    today = f"{datetime.datetime.now(datetime.UTC):%d/%m/%Y}"
    home = people.home
    family = (home.alice, home.samir, home.lina, home.ines)
    return sum(ask(client, family[rank % 4], day=today).status_code == 200 for rank in range(200))


def fill_description(page: Page) -> None:
    page.get_by_role("link", name="Décrire la violation").click()
    page.get_by_label("Confidentialité").check()
    page.get_by_label("Origine").select_option(label="Acte externe malveillant")
    page.get_by_label("Ce qui est arrivé").fill("Le compte d’un cabinet a été volé et a vérifié des droits en rafale.")
    page.get_by_label("État civil").check()
    page.get_by_label("Garanties et droits").check()
    page.get_by_label("Adhérents", exact=True).check()
    page.get_by_label("Mineurs").check()
    page.get_by_label("Conséquences probables").fill("Hameçonnage qui cite la mutuelle.")
    page.get_by_label("Mesures prises").fill("Service arrêté, sessions fermées.")
    page.get_by_label("Mesures prévues").fill("Second facteur à chaque vérification.")
    page.get_by_role("button", name="Décrire la violation").click()


def stop_the_practice(officer: Page) -> None:
    officer.goto("/gestion/privacy/incident/")
    officer.get_by_role("link", name=re.compile("^DR-")).click()
    expect(officer.get_by_text("night" if is_night() else "burst")).not_to_have_count(0)
    officer.get_by_role("button", name="Suspendre les comptes").click()
    expect(officer.get_by_text("Suspendu", exact=True)).to_be_visible()


def start_the_clock(desk: Page) -> None:
    desk.goto("/gestion/privacy/incident/")
    desk.get_by_role("link", name=re.compile("^DR-")).click()
    desk.get_by_role("link", name="Inscrire une violation de données").click()
    desk.get_by_role("button", name="Inscrire une violation de données").click()
    expect(desk.get_by_text("restantes sur 72 h")).to_be_visible()
    desk.goto("/gestion/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("à notifier avant")
    desk.get_by_role("link", name="Instruire la violation").click()


def instruct(desk: Page) -> None:
    """Find the persons in the journal, describe what happened, assess the risk."""
    desk.get_by_role("button", name="Rechercher dans le journal").click()
    run_due()
    fill_description(desk)
    desk.get_by_role("link", name="Évaluer le risque").click()
    desk.get_by_label("Un risque élevé").check()
    desk.get_by_label("Pourquoi").fill("Des familles entières, des enfants.")
    desk.get_by_role("button", name="Évaluer le risque").click()


def file_with_the_authority(desk: Page, folder: Path) -> None:
    """Every item of article 33 is in the file, which is then deposited."""
    desk.get_by_role("link", name="Préparer le dossier pour la CNIL").click()
    desk.get_by_role("button", name="Préparer le dossier pour la CNIL").click()
    expect(desk.get_by_role("rowheader", name="Notification complète")).to_be_visible()
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="JSON").click()
    taken.value.save_as(folder / "file.json")
    said = json.loads((folder / "file.json").read_text())
    assert said["phase"]["a_completer"] == []
    assert said["nature_de_la_violation"]["nombre_de_personnes"] == 4
    assert all(said["mesures"].values()) and said["consequences_probables"]
    assert said["delegue_a_la_protection_des_donnees"]["e_mail"]
    desk.get_by_role("link", name="Noter le dépôt").click()
    desk.get_by_label("N° de récépissé").fill("CNIL-2026-000123")
    desk.get_by_label("Déposé le").fill(f"{datetime.datetime.now(PARIS):%d/%m/%Y %H:%M}")
    desk.get_by_role("button", name="Noter le dépôt").click()
    expect(desk.get_by_text("Récépissé CNIL-2026-000123").first).to_be_visible()


def tell_the_persons(desk: Page, people: Cast) -> None:
    mail.outbox.clear()
    desk.get_by_role("link", name="Avertir les personnes").click()
    desk.get_by_role("button", name="Avertir les personnes").click()
    run_due()
    desk.reload()
    expect(desk.get_by_text("Alerte dans l’espace").first).to_be_visible()
    assert {people.alice_account.email, people.home.samir_account.email} <= {to for one in mail.outbox for to in one.to}


def read_the_alert(alice: Page) -> None:
    """It cannot be missed, on any page, until it is read."""
    for page in ("/adherent/", "/adherent/prestations/"):
        alice.goto(page)
        expect(alice.get_by_text("Une violation de données vous concerne.")).to_be_in_viewport()
        box = alice.locator("html").bounding_box()
        assert box is not None and box["width"] <= 390
    alice.get_by_role("link", name="Lire ce qui vous concerne").click()
    expect(alice.get_by_text("Garanties et droits").first).to_be_visible()
    alice.get_by_role("button", name="J’ai lu ce message").click()
    expect(alice.get_by_text("Une violation de données vous concerne.")).to_have_count(0)


def close(desk: Page) -> None:
    desk.get_by_role("link", name="Clore", exact=True).click()
    desk.get_by_label("Ce qui change ensuite").fill("Second facteur à chaque vérification.")
    desk.get_by_role("button", name="Clore").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("close")


def is_night() -> bool:
    """Whether the counters of practices are shut as this runs: fewer lookups are then out of the ordinary."""
    now = timezone.localtime().time()
    return now >= NIGHT_BEGINS or now < NIGHT_ENDS


def test_a_stolen_practice_is_stopped_filed_and_told_in_ten_minutes(
    phone: Phone, people: Cast, stolen: int, tmp_path: Path
) -> None:
    assert stolen == (LOOKUPS_IN_A_NIGHT if is_night() else 99)  # the next crosses the line: nothing more is shown
    begun = time.monotonic()
    stop_the_practice(phone(builders.enter_gestion(Client(), builders.colleague(Role.SECURITY))))
    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.DPO)))
    start_the_clock(desk)
    instruct(desk)
    file_with_the_authority(desk, tmp_path)
    tell_the_persons(desk, people)
    read_the_alert(phone(builders.sign_in(Client(), people.alice_account)))
    close(desk)
    assert time.monotonic() - begun < TEN_MINUTES


@pytest.mark.parametrize("whose", ["company_account", "professional_account"])
def test_the_users_of_a_company_and_of_a_practice_read_the_alert_on_a_phone(
    phone: Phone, people: Cast, whose: str
) -> None:
    account: Account = getattr(people, whose)
    breach = whole_breach_about(builders.colleague(Role.AGENT))
    Concerned.objects.create(breach=breach, account_id=account.pk)
    tell(by=builders.colleague(Role.DPO), breach=breach, message="Voici.", to_everybody_by_letter=False)
    run_due()
    holder = phone(builders.sign_in(Client(), account))
    for address in (f"/{account.space}/", "/compte/"):
        holder.goto(address)
        expect(holder.get_by_text("Une violation de données vous concerne.")).to_be_in_viewport()
        box = holder.locator("html").bounding_box()
        assert box is not None and box["width"] <= 390
    holder.get_by_role("link", name="Lire ce qui vous concerne").click()
    holder.get_by_role("button", name="J’ai lu ce message").click()
    expect(holder.get_by_text("Une violation de données vous concerne.")).to_have_count(0)
