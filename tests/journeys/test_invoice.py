"""A professional on a phone, without JavaScript: an invoice received, rejected, sent again, paid to the cent."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone
from tests.providers.invoices.objects import feed, invoice, line, transfer

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.mark.commitment("CGU-3.21", "CGU-3.22")
def test_an_invoice_goes_from_received_to_rejected_to_sent_again_to_paid(
    phone: Phone, people: Cast, tmp_path: Path
) -> None:
    us = people.professional
    page = phone(builders.sign_in(Client(), people.professional_account))
    feed(tmp_path, "invoices", invoice("F1", us))
    feed(tmp_path, "invoice_lines", line("F1", us))
    page.goto("/professionnel/")
    page.get_by_role("navigation").first.get_by_role("link", name="Factures").click()
    expect(page.get_by_role("table")).to_contain_text("Reçue")

    feed(tmp_path, "invoices", invoice("F1", us, status="rejected", reject_code="R01"))
    page.goto("/professionnel/")
    page.get_by_role("link", name="Reprendre la facture rejetée").click()
    page.get_by_role("link", name="F1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rejetée")
    expect(page.get_by_text("Relisez la carte de tiers payant du patient")).to_be_visible()

    feed(tmp_path, "invoices", invoice("F2", us, received_on="2026-10-12"))
    page.reload()
    page.get_by_role("link", name="Voir la facture").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous vous devons")

    paid = invoice("F2", us, received_on="2026-10-12", status="paid", transfer_ref="V1")
    feed(tmp_path, "invoices", paid)
    feed(tmp_path, "transfers", transfer("V1", us, paid_on="2026-10-15"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("est payée")
    page.get_by_role("link", name="Voir le versement").click()
    expect(page.get_by_text("au centime près")).to_be_visible()
    with page.expect_download() as advice:
        page.get_by_role("link", name="Avis de versement (PDF)").click()
    assert Path(advice.value.path()).read_bytes().startswith(b"%PDF-")

    page.goto("/professionnel/factures/")
    page.get_by_label("N°\u00a0adhérent").fill("48217736")
    page.get_by_label("État").select_option(label="Rejetée, renvoyée")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("table")).to_contain_text("sous le n°")
    assert "48217736" not in page.url
