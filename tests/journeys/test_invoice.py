"""A professional on a phone, without JavaScript: an invoice received, rejected, sent again, paid to the cent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests import builders
from tests.cast import Cast, build_cast
from tests.harness import browser
from tests.providers.invoices.objects import feed, invoice, line, transfer

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def phone(people: Cast, chromium: Browser, live_site: str) -> Iterator[Page]:
    """A phone of 390 px that runs no script, in the professional's space."""
    context = chromium.new_context(
        base_url=live_site, locale="fr-FR", java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(browser.PATIENCE)
    client = builders.sign_in(Client(), people.professional_account)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    yield context.new_page()
    context.close()


@pytest.mark.commitment("CGU-3.21", "CGU-3.22")
def test_an_invoice_goes_from_received_to_rejected_to_sent_again_to_paid(
    phone: Page, people: Cast, tmp_path: Path
) -> None:
    us = people.professional
    feed(tmp_path, "invoices", invoice("F1", us))
    feed(tmp_path, "invoice_lines", line("F1", us))
    phone.goto("/professionnel/")
    phone.get_by_role("navigation").first.get_by_role("link", name="Factures").click()
    expect(phone.get_by_role("table")).to_contain_text("Reçue")

    feed(tmp_path, "invoices", invoice("F1", us, status="rejected", reject_code="R01"))
    phone.goto("/professionnel/")
    phone.get_by_role("link", name="Reprendre la facture rejetée").click()
    phone.get_by_role("link", name="F1").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("rejetée")
    expect(phone.get_by_text("Relisez la carte de tiers payant du patient")).to_be_visible()

    feed(tmp_path, "invoices", invoice("F2", us, received_on="2026-10-12"))
    phone.reload()
    phone.get_by_role("link", name="Voir la facture").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Nous vous devons")

    paid = invoice("F2", us, received_on="2026-10-12", status="paid", transfer_ref="V1")
    feed(tmp_path, "invoices", paid)
    feed(tmp_path, "transfers", transfer("V1", us, paid_on="2026-10-15"))
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("est payée")
    phone.get_by_role("link", name="Voir le versement").click()
    expect(phone.get_by_text("au centime près")).to_be_visible()
    with phone.expect_download() as advice:
        phone.get_by_role("link", name="Avis de versement (PDF)").click()
    assert Path(advice.value.path()).read_bytes().startswith(b"%PDF-")

    phone.goto("/professionnel/factures/")
    phone.get_by_label("N°\u00a0adhérent").fill("48217736")
    phone.get_by_label("État").select_option(label="Rejetée, renvoyée")
    phone.get_by_role("button", name="Filtrer").click()
    expect(phone.get_by_role("table")).to_contain_text("sous le n°")
    assert "48217736" not in phone.url
