"""A member on a phone, without JavaScript: what is left of a ceiling, why this amount, the link with the caisse."""

import datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.coverage.models import Guarantee, Policy
from members.noemie.actions import set_link
from portals.access import isolation
from tests import builders
from tests.cast import Household, alices_household
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone

pytestmark = pytest.mark.browser


@pytest.fixture
def home(transactional_db: None) -> Household:
    """Alice, with a ceiling begun, one line that differs, and a child whose link was rejected."""
    made = alices_household()
    today = timezone.localdate()
    with isolation.system():
        plan = Policy.objects.get(household=made.alice.household).plan
        Guarantee.objects.create(
            plan=plan, act_family_id="DOUX", valid_from=datetime.date(2018, 1, 1), basis="FIXED", amount=Decimal(25),
            annual_cap=Decimal(100), cap_unit="EUR", wording="Médecines douces\u00a0: 25\u202f€ par séance",
        )  # fmt: skip
    for mutual in ("25.00", "20.00"):
        builders.benefit(
            made.alice, act_code="OSTE", family="DOUX", act_label="Ostéopathie", care_date=today, expense="55.00",
            base="0", scheme_rate="0", scheme_amount="0", deduction="0", mutual_amount=mutual, payment_date=today,
        )  # fmt: skip
    set_link(by=None, person=made.ines, state="rejected", since=today, office="CPAM du Morbihan", reason="other_mutual")
    return made


@pytest.fixture
def alice(home: Household, phone: Phone, client: Client) -> Page:
    """Alice's phone."""
    return phone(builders.sign_in(client, home.alice_account))


@pytest.mark.commitment("CGU-3.6")
def test_a_member_understands_an_amount_without_any_script(alice: Page) -> None:
    alice.goto("/adherent/")
    expect(alice.get_by_role("img", name="Il reste 55,00\u202f€ sur 100,00\u202f€")).to_be_visible()
    alice.get_by_role("link", name="Rétablir la télétransmission").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("à rétablir pour Inès")
    alice.goto("/adherent/prestations/")
    alice.get_by_role("link", name="Ostéopathie").first.click()
    expect(alice.get_by_role("heading", name="La règle appliquée")).to_be_visible()
    expect(alice.get_by_text("nos équipes vérifient")).to_be_visible()
    expect(alice.get_by_text("Reste du plafond après ce soin")).to_be_visible()


def test_the_new_pages_are_accessible(home: Household, browser_page: Page, live_site: str, client: Client) -> None:
    builders.sign_in(client, home.alice_account)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    browser_page.goto("/adherent/prestations/")
    line = browser_page.get_by_role("link", name="Ostéopathie").first.get_attribute("href") or ""
    for address in ("/adherent/", "/adherent/teletransmission/", line):
        assert faults_at(browser_page, address) == []
