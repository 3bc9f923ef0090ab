"""A fraud reported in a browser and answered by a real worker, then the way back (CGU-2.7)."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from config.demo.mailbox import KeptMail, kept_mails
from config.embedded.processes import wait_until
from portals.accounts.models import Account
from privacy.breaches.models import Incident
from tests import builders
from tests.cast import build_cast

pytestmark = [
    pytest.mark.browser, pytest.mark.commitment("CGU-2.7"), pytest.mark.usefixtures("celery_worker_process"),
]  # fmt: skip

NEW = "tournesol marmite éclair 9"


def mail_about(subject: str, folder: Path) -> KeptMail:
    def found() -> list[KeptMail]:
        return [message for message in kept_mails(folder) if message.subject == subject]

    assert wait_until(lambda: bool(found()), 30)
    return found()[-1]


def sign_in(page: Page, account: Account, password: str) -> None:
    page.goto("/connexion/")
    page.get_by_label("Identifiant").fill(account.identifier)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def number_on(page: Page) -> str:
    expect(page.locator("h1")).to_contain_text("Signalement")
    assert Axe().run(page).response["violations"] == []
    found = re.search(r"FR-\d{4}-\d{10}", page.locator("h1").inner_text())
    assert found
    return found[0]


def come_back(page: Page, account: Account, folder: Path) -> None:
    """By the link of the e-mail, with a new password."""
    page.goto("/mot-de-passe/oublie/")
    page.get_by_label("Identifiant ou adresse e-mail").fill(account.identifier)
    page.get_by_role("button", name="Recevoir le lien").click()
    link = re.search(
        r"http://[^/\s]+(/mot-de-passe/lien/\S+)", mail_about("Choisir un nouveau mot de passe", folder).body
    )
    assert link
    page.goto(link[1])
    page.get_by_label("Nouveau mot de passe").fill(NEW)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("changé")
    sign_in(page, account, NEW)
    expect(page).to_have_url(re.compile("/adherent/$"))


def test_signed_in_the_account_is_blocked_at_once_and_comes_back_by_e_mail(
    browser_page: Page, mail_folder: Path
) -> None:
    account, page = build_cast().alice_account, browser_page
    sign_in(page, account, builders.PASSWORD)
    page.locator("footer").get_by_role("link", name="Signaler une fraude").click()
    page.get_by_label("Ce qui s’est passé").fill("Un faux conseiller m’a appelée.")
    page.get_by_role("button", name="Bloquer mon compte").click()
    number = number_on(page)
    page.goto("/compte/")
    expect(page).to_have_url(re.compile("/connexion/"))
    sign_in(page, account, builders.PASSWORD)
    expect(page.get_by_text("Identifiant ou mot de passe incorrect.")).to_be_visible()
    assert number in mail_about("Votre compte est bloqué", mail_folder).body
    assert Incident.objects.get().reference == number
    come_back(page, account, mail_folder)


def test_signed_out_the_worker_blocks_the_account_that_the_answers_designate(
    browser_page: Page, mail_folder: Path
) -> None:
    cast, page = build_cast(), browser_page
    page.goto("/connexion/")
    page.locator("main").get_by_role("link", name="Signaler une utilisation frauduleuse").click()
    page.get_by_label("Identifiant du compte").fill(cast.alice_account.identifier)
    page.get_by_label("Date de naissance, ou SIRET").fill(f"{cast.alice.birth_date:%d/%m/%Y}")
    page.get_by_role("button", name="Bloquer le compte").click()
    number = number_on(page)
    assert number in mail_about("Votre compte est bloqué", mail_folder).body
    sign_in(page, cast.alice_account, builders.PASSWORD)
    expect(page.get_by_text("Identifiant ou mot de passe incorrect.")).to_be_visible()
    come_back(page, cast.alice_account, mail_folder)
