"""The main job, end to end: feed files come in, a member signs up in a browser, and downloads what was frozen."""

import os
import re
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from config.demo.mailbox import KeptMail, kept_mails
from config.embedded.processes import wait_until
from portals.presentation.formats import euros
from tests.journeys import portfolio

PASSWORD = "trois goélands au-dessus du phare"


def manage(*arguments: str) -> str:
    """Run a management command as an operator does, on this worker's database."""
    done = subprocess.run(
        [sys.executable, settings.ROOT / "manage.py", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def mail_about(subject: str, folder: Path) -> KeptMail:
    """The message with this subject, once the worker has sent it."""

    def found() -> list[KeptMail]:
        return [mail for mail in kept_mails(folder) if mail.subject == subject]

    assert wait_until(lambda: bool(found()), 30), [mail.subject for mail in kept_mails(folder)]
    return found()[0]


@pytest.mark.browser
@pytest.mark.usefixtures("celery_worker_process")
@pytest.mark.commitment(
    "CGU-1.2", "CGU-1.6", "CGU-2.1", "CGU-2.2", "CGU-2.3", "CGU-2.8", "CGU-2.9", "CGU-3.6", "CGU-3.7", "CGU-3.8"
)
def test_a_member_signs_up_reads_what_was_paid_and_downloads_the_statement(
    browser_page: Page, mail_folder: Path, tmp_path: Path
) -> None:
    month = portfolio.month_before(timezone.localdate())
    for kind, file in portfolio.write(tmp_path, paid_in=month).items():
        assert "rejected=0" in manage("feed", kind, str(file))

    page = browser_page
    sign_up(page)
    sign_in_for_the_first_time(page, mail_folder)
    accept_the_terms(page)

    read_what_was_paid(page)

    manage("issue_statements", "--period", f"{month:%Y-%m}")
    notice = mail_about("Un nouveau relevé vous attend dans votre espace", mail_folder)
    for word in ("€", "Marchetti", "Couronne", "L’Hôtellier", "Claire"):
        assert word not in notice.body + notice.subject
    text = download_the_statement(page)
    assert amounts_in(text) == expected_amounts()


def sign_up(page: Page) -> None:
    page.goto("/inscription/adherent/")
    page.get_by_label("N° adhérent").fill("00 4821 7736")
    page.get_by_label("Nom de famille").fill("l'hotellier oeuvrard")
    page.get_by_label("Date de naissance").fill("18/05/1985")
    page.get_by_label("Adresse e-mail").fill("autre@example.org")
    page.get_by_role("button", name="Recevoir mes e-mails").click()
    expect(page.locator("h1")).to_contain_text("e-mails")


def sign_in_for_the_first_time(page: Page, mails: Path) -> None:
    first, second = mail_about("Votre identifiant", mails), mail_about("Votre mot de passe provisoire", mails)
    assert first.to == second.to == portfolio.EMAIL, "credentials go to the address on file, whatever was typed"
    identifier = re.search(r"^\d{10}$", first.body, re.MULTILINE)
    secret = re.search(r"^(\w{4}-){4}\w{4}$", second.body, re.MULTILINE)
    assert identifier, first.body
    assert secret, second.body
    page.goto("/connexion/")
    page.get_by_label("Identifiant", exact=True).fill(identifier[0])
    page.get_by_label("Mot de passe", exact=True).fill(secret[0])
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Nouveau mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Garder ce mot de passe").click()


def accept_the_terms(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("conditions d’utilisation")
    box = page.get_by_label("j'accepte les présentes CGU")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Accepter et continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto("/adherent/")
    expect(page.locator("h1")).to_contain_text("conditions d’utilisation")
    page.get_by_label("Je suis majeur et capable").check()
    box.check()
    page.get_by_role("button", name="Accepter et continuer").click()


def read_what_was_paid(page: Page) -> None:
    page.goto("/adherent/prestations/")
    for care in portfolio.CARES:
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=care.label))
        for amount in (care.expense, care.scheme, care.mutual):
            expect(row).to_contain_text(euros(Decimal(amount)))
        expect(row).to_contain_text(euros(care.own))
    page.get_by_role("link", name="Couronne").click()
    expect(page.locator("h1")).to_contain_text(euros(Decimal("465.00")))


def download_the_statement(page: Page) -> str:
    page.goto("/adherent/releves/")
    link = page.get_by_role("link", name=re.compile("Télécharger|PDF")).first
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    return "\n".join(reading.extract_text() for reading in PdfReader(BytesIO(content)).pages)


def expected_amounts() -> set[Decimal]:
    """Every amount that the feed's lines put on paper: those of each line, their totals, and who was paid.

    The compulsory scheme is printed before what the law keeps back, with the deduction beside it; the summary at the
    top gives it net, as the feed does.
    """
    printed: set[Decimal] = set()
    lines = [
        {
            "expense": Decimal(care.expense),
            "base": Decimal(care.base),
            "gross": Decimal(care.scheme) + Decimal(care.deduction),
            "deduction": Decimal(care.deduction),
            "mutual": Decimal(care.mutual),
            "own": care.own,
        }
        for care in portfolio.CARES
    ]
    for line in lines:
        printed |= set(line.values())
    printed |= {sum((line[column] for line in lines), Decimal(0)) for column in lines[0] if column != "base"}
    printed.add(sum((Decimal(care.scheme) for care in portfolio.CARES), Decimal(0)))
    for payee in ("insured", "professional"):
        printed.add(sum((Decimal(care.mutual) for care in portfolio.CARES if care.paid_to == payee), Decimal(0)))
    return printed


def amounts_in(text: str) -> set[Decimal]:
    """Every amount printed with two decimals, whatever spaces group its figures."""
    found = re.findall(r"(\d{1,3}(?:[\u202f\u00a0 ]\d{3})*),(\d{2})", text)
    return {Decimal(f"{re.sub(r'\D', '', whole)}.{cents}") for whole, cents in found}
