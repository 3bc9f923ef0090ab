"""Guarantees, enforceable documents and contributions in a real browser: on a phone without JavaScript, and by axe."""

import datetime
import io
from decimal import Decimal

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from members.contributions.actions import set_term
from members.coverage.models import Policy
from portals.access import isolation
from tests import builders
from tests.cast import Household, alices_household
from tests.harness.accessibility import EVERY_LOOK, faults_of_looks
from tests.members.guarantees.objects import usual_table
from tests.members.library.objects import PDF, document, plan_of, terms_of

pytestmark = pytest.mark.browser


@pytest.fixture
def home(transactional_db: None) -> Household:
    """Alice's household with its table, two versions of the statutes, the conditions of its plan, and terms to pay."""
    made = alices_household()
    usual_table(plan_of(made.alice))
    document()
    document(version="V-01-2025", valid_from=datetime.date(2025, 1, 1))
    terms_of(plan_of(made.alice))
    with isolation.system():
        policy = Policy.objects.get(household=made.alice.household)
    set_term(by=None, policy=policy, valid_from=datetime.date(2025, 1, 1), amount=Decimal("61.20"), payer=made.alice)
    return made


def sign_in(page: Page, home: Household, client: Client, address: str) -> None:
    """The browser as Alice."""
    builders.sign_in(client, home.alice_account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.mark.commitment("CGU-3.3")
@pytest.mark.commitment("CGU-3.4")
@pytest.mark.commitment("CGU-3.5")
def test_on_a_phone_without_javascript_one_finds_what_the_optician_gives_and_the_text_that_was_in_force(
    home: Household, chromium: Browser, live_site: str, client: Client
) -> None:
    phone = chromium.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="fr-FR",
        accept_downloads=True,
    )  # fmt: skip
    page = phone.new_page()
    try:
        sign_in(page, home, client, live_site)
        page.goto("/adherent/")
        page.get_by_role("navigation", name="Toutes les pages").get_by_role("link", name="Garanties").click()
        page.get_by_text("Je vais chez l’opticien").click()
        expect(page.get_by_text("La mutuelle verse jusqu’à 200,00\u202f€ par équipement")).to_be_visible()
        expect(page.get_by_role("heading", name="Des lunettes de classe B, verres simples")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Télécharger mes garanties (PDF)").click()
        with pikepdf.open(io.BytesIO(download.value.path().read_bytes())) as made:
            assert "Équilibre" in str(made.docinfo["/Title"])
        page.get_by_role("link", name="Les textes qui font foi").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2 textes")
        page.get_by_label("À la date du").fill("05/05/2023")
        page.get_by_role("button", name="Afficher").click()
        in_force = page.get_by_role("region", name="En vigueur le 5\u00a0mai\u00a02023")
        expect(in_force.get_by_text("V-01-2020").first).to_be_visible()
        with page.expect_download() as download:
            in_force.get_by_role("link", name="Statuts de la mutuelle").click()
        assert download.value.path().read_bytes() == PDF
        page.goto("/adherent/cotisations/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Votre prochaine cotisation")
    finally:
        phone.close()


@pytest.fixture
def alice_page(home: Household, browser_page: Page, live_site: str, client: Client) -> Page:
    sign_in(browser_page, home, client, live_site)
    return browser_page


def test_axe_finds_nothing_and_nothing_scrolls_sideways(alice_page: Page) -> None:
    for address in (
        "/adherent/garanties/?need=OPTI", "/adherent/garanties/?date=31/11/2026", "/adherent/documents/",
        "/adherent/documents/?date=05/05/2020", "/adherent/cotisations/",
    ):  # fmt: skip
        alice_page.goto(address)
        alice_page.locator("details.fold").evaluate_all("folds => folds.forEach(fold => fold.open = true)")
        assert faults_of_looks(alice_page, address, EVERY_LOOK) == []
