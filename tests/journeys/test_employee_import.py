"""Fifty employees from a workbook with three bad lines: two corrected in place, affiliated, undone, affiliated again."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import builders
from tests.cast import Cast, build_cast
from tests.employers.imports.files import employee, xlsx
from tests.employers.imports.objects import BAD, rows_with_mistakes
from tests.harness.browser import Phone, goes_on

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-3.16")]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "entrees.xlsx"
    path.write_bytes(xlsx(rows_with_mistakes()))
    return path


def test_fifty_employees_come_in_by_a_file_on_a_phone_without_script(
    phone: Phone, people: Cast, workbook: Path
) -> None:
    page = phone(builders.sign_in(Client(), people.company_account))
    page.goto("/employeur/salaries/")
    page.get_by_role("link", name="Importer un fichier").click()
    page.get_by_label("Votre fichier").set_input_files(workbook)
    page.get_by_role("button", name="Lire le fichier").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("47 salariés sont prêts")
    expect(title).to_contain_text("3 lignes")

    start = timezone.localdate() + datetime.timedelta(days=1)
    page.get_by_label("Date d’entrée, ligne 7").fill(f"{start:%d/%m/%Y}")
    page.get_by_label("E-mail, ligne 19").fill(str(employee(17)["email"]))
    page.get_by_role("button", name="Revérifier ces 3 lignes").click()
    expect(title).to_contain_text("49 salariés")
    expect(page.get_by_label("NIR, ligne 33")).to_have_value(str(BAD[31]["nir"]))

    page.get_by_role("button", name="Affilier les 49 salariés").click()
    expect(title).to_contain_text("49 salariés sont affiliés")
    listed(page)

    page.goto("/employeur/salaries/importer/")
    page.get_by_role("link", name="entrees.xlsx").click()
    page.get_by_role("button", name="Tout annuler").click()
    expect(title).to_contain_text("49 salariés sont prêts")
    page.get_by_role("button", name="Affilier les 49 salariés").click()
    expect(title).to_contain_text("1 ligne reste à corriger")
    listed(page)


def listed(page: Page) -> None:
    """An employee of the file is in the list of the company."""
    sought = employee(17)
    page.goto(f"/employeur/salaries/?q={sought['employee_number']}")
    expect(page.get_by_role("table")).to_contain_text(str(sought["family_name"]))


def test_a_line_is_corrected_by_the_keyboard_alone(
    browser_page: Page, live_site: str, people: Cast, workbook: Path
) -> None:
    goes_on(browser_page, builders.sign_in(Client(), people.company_account), live_site)
    browser_page.goto("/employeur/salaries/importer/")
    browser_page.get_by_label("Votre fichier").set_input_files(workbook)
    browser_page.get_by_role("button", name="Lire le fichier").press("Enter")
    browser_page.get_by_role("link", name="19").press("Enter")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_label("E-mail, ligne 19")).to_be_focused()
    browser_page.keyboard.press("Control+a")
    browser_page.keyboard.type(str(employee(17)["email"]))
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("48 salariés")
