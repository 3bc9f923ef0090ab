"""From a phone without JavaScript: a quote is priced, an agreement asked with a photograph, staff answer, the letter."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from members.quotes.requests.models import CareRequest, State
from portals.access import isolation
from portals.documents.quarantine import release
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Household, alices_household
from tests.members.quotes.objects import answered_request_of, request_of, simulation_of

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def october() -> None:
    """In place of the folder's: the site under test is another process, on today's date."""


@pytest.fixture
def home(transactional_db: None) -> Household:
    return alices_household()


@pytest.fixture
def phone(home: Household, chromium: Browser, live_site: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="fr-FR",
        accept_downloads=True,
    )  # fmt: skip
    enter(context.new_page(), home, live_site)
    yield context.pages[0]
    context.close()


def enter(page: Page, home: Household, address: str) -> None:
    """The browser as Alice."""
    client = builders.sign_in(Client(), home.alice_account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def photograph() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(written, "JPEG")
    return written.getvalue()


@pytest.mark.commitment("PDP-4.4")
def test_a_quote_is_priced_then_agreed_to(phone: Page, home: Household, tmp_path: Path) -> None:
    page = phone
    page.goto("/adherent/simulation/")
    page.get_by_role("link", name="Des lunettes").click()
    page.get_by_label("Prix").nth(2).fill("120")
    page.get_by_label("Acte").nth(2).select_option(value="M03")
    page.get_by_role("button", name="Calculer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("à votre charge")
    page.get_by_role("link", name="Demander une prise en charge").click()
    page.get_by_label("Professionnel").fill("Optique du Quai")
    page.get_by_role("button", name="Continuer").click()
    picture = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.get_by_label("Ou prendre une photo").first.set_input_files(picture)  # type: ignore[arg-type]  # a mapping is one
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous vous répondons au plus tard le")
    accept()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous prenons en charge 90,00")
    with page.expect_download() as letter:
        page.get_by_role("link", name="Télécharger la réponse").click()
    letter.value.save_as(tmp_path / "reponse.pdf")
    assert "90,00" in PdfReader(tmp_path / "reponse.pdf").pages[0].extract_text()


def accept() -> None:
    """Staff of benefits agree to 90 € from the queue."""
    staff = builders.enter_gestion(Client(), builders.colleague(Role.BENEFITS))
    with isolation.system():
        row = CareRequest.objects.get(state=State.ASKED)
        for upload in row.documents.all():
            release(by=None, upload=upload)
    answer = staff.post(f"/gestion/members/carerequest/{row.pk}/decider/", {"decision": "accept", "amount": "90"})
    assert answer.status_code == 302


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_never_wider_than_a_small_phone(
    scheme: Literal["light", "dark"], home: Household, chromium: Browser, live_site: str
) -> None:
    simulated, asked = simulation_of(home.alice_account), request_of(home.alice_account)
    answered = answered_request_of(home.alice_account)
    builders.benefit(home.alice, care_date=timezone.localdate())
    context = chromium.new_context(
        base_url=live_site, color_scheme=scheme, viewport={"width": 320, "height": 700}, locale="fr-FR",
        bypass_csp=True, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    try:
        enter(page, home, live_site)
        for address in (
            "simulation/", f"simulation/{simulated}/", "simulation/optique/", "simulation/acte/?q=consultation",
            "simulation/acte/?acte=CS", "demandes/", f"demandes/{asked}/", f"demandes/{answered}/",
            f"demandes/{asked}/documents/", "demandes/prise-en-charge/",
        ):  # fmt: skip
            page.goto(f"/adherent/{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            found = Axe().run(page).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found] == [], address
    finally:
        context.close()
