"""On a phone without JavaScript: find a statement, keep it, have it checked by somebody else, choose paper or not."""

import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from members.statements.actions import issue_month, render_statement
from members.statements.models import Statement
from portals.access import isolation
from tests import builders
from tests.cast import Household, alices_household

pytestmark = pytest.mark.browser

NBSP = "\u00a0"


@pytest.fixture
def home(transactional_db: None) -> Household:
    """Alice's statements of September and October 2026, rendered."""
    home = alices_household()
    builders.benefit(home.alice, act_label="Lunettes", payment_date=datetime.date(2026, 9, 9), mutual_amount="23.50")
    for month in (9, 10):
        issue_month(month=datetime.date(2026, month, 1), by=None)
    with isolation.system():
        for statement in Statement.objects.filter(recipient=home.alice):
            render_statement(statement_id=statement.pk, by=None)
    return home


@pytest.mark.commitment("CGU-3.7", "CGU-3.8")
def test_a_statement_is_found_kept_and_checked(
    home: Household, chromium: Browser, live_site: str, client: Client, tmp_path: Path
) -> None:
    phone = chromium.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="fr-FR",
        accept_downloads=True,
    )  # fmt: skip
    page = phone.new_page()
    try:
        builders.sign_in(client, home.alice_account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
        kept = find_and_keep(page, tmp_path)
        page.context.clear_cookies()
        check(page, kept)
    finally:
        phone.close()


def find_and_keep(page: Page, folder: Path) -> Path:
    """The statement of September, found by an amount; then paper as well."""
    page.goto("/adherent/releves/")
    page.get_by_label("Mot ou montant").fill("23,50")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 relevé correspond")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Septembre{NBSP}2026").click()
    kept = folder / "releve.pdf"
    download.value.save_as(kept)
    page.get_by_role("link", name="Changer").click()
    page.get_by_label("En ligne, sans papier").check()
    page.get_by_role("button", name="Enregistrer ce choix").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("en ligne, sans papier")
    return kept


def check(page: Page, kept: Path) -> None:
    """Whoever received the file asks without an account."""
    page.goto("/verifier/")
    page.get_by_label("Document PDF").set_input_files(kept)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bien de nous, inchangé")
    expect(page.locator("main")).to_contain_text(f"Septembre{NBSP}2026")
    expect(page.locator("main")).not_to_contain_text("Alice")
    kept.write_bytes(kept.read_bytes() + b"\n")
    page.get_by_label("Document PDF").set_input_files(kept)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("a été modifié")


def test_the_pages_are_accessible_and_never_wider_than_the_screen(
    home: Household, chromium: Browser, live_site: str, client: Client
) -> None:
    page = chromium.new_page(base_url=live_site, viewport={"width": 320, "height": 800})
    try:
        builders.sign_in(client, home.alice_account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
        for address in ("/adherent/releves/?text=lunettes", "/adherent/releves/envoi/", "/verifier/?code=ABCD"):
            page.goto(address)
            assert Axe().run(page).response["violations"] == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    finally:
        page.close()
