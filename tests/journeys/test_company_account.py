"""Two administrators on their phones, without JavaScript: one asks for another account, the other approves, it serves."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from portals.access import isolation
from portals.accounts.models import Account
from portals.banking.models import BankChange
from portals.jobs import run_due
from portals.jobs.models import Job
from tests import builders
from tests.builders.second_factor import totp
from tests.cast import Cast, build_cast
from tests.employers.banking.objects import second_administrator
from tests.harness.browser import Phone

pytestmark = pytest.mark.browser

PAGE = "/employeur/coordonnees-bancaires/"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


def signed_in(phone: Phone, account: Account) -> Page:
    totp(account)
    return phone(builders.sign_in(Client(), account))


@pytest.mark.commitment("CGU-3.17")
def test_one_asks_another_approves_and_it_serves_48_hours_later(cast: Cast, phone: Phone) -> None:
    asks = signed_in(phone, cast.company_account)
    approves = signed_in(phone, second_administrator(cast.company))
    asks.goto(PAGE)
    asks.get_by_role("link", name="Ajouter un compte").click()
    asks.get_by_label("IBAN").fill("FR76 3000 6000 0112 3456 7890 189")
    asks.get_by_label("Ce compte est au nom de l’organisme").check()
    asks.get_by_label("mandat SEPA").check()
    asks.get_by_role("button", name="Demander ce changement").click()
    expect(asks.get_by_role("heading", level=1)).to_contain_text("un autre administrateur")
    expect(asks.get_by_role("button", name="Approuver ce changement")).to_have_count(0)

    approves.goto("/employeur/")
    approves.get_by_role("link", name="Approuver ou refuser un changement de compte bancaire").click()
    approves.get_by_role("button", name="Approuver ce changement").click()
    expect(approves.get_by_role("heading", level=1)).to_contain_text("Un nouveau compte servira le")

    two_days_pass()
    asks.goto(PAGE)
    expect(asks.get_by_role("heading", level=1)).to_contain_text("·189")
    with asks.expect_download() as mandate:
        asks.get_by_role("link", name="Le mandat SEPA").click()
    assert mandate.value.suggested_filename == "Mandat SEPA.pdf"


def two_days_pass() -> None:
    """The site runs in real time: what waits for 48 hours is moved to now, and the workers take it."""
    now = timezone.now() - datetime.timedelta(seconds=1)
    with isolation.system():
        BankChange.objects.update(effective_at=now)
        Job.objects.filter(kind="bank.change_apply").update(due_at=now)
    run_due()
