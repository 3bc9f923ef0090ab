"""The counter in a real browser: the picture of a card is read there, the answer shown, the member told of it."""

import io
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from members.rights.models import RightsLook
from portals.access import isolation
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import CHROMIUM, FLAGS, page_at
from tests.members.card.objects import pages_of
from tests.providers.rights.counter import ADDRESS

pytestmark = pytest.mark.browser
CODES = (1000, 190, 1640, 550)
"""Where the two codes are on the sheet, in pixels at 200 dpi."""
FILMED = 60_000
"""Milliseconds: a film is decoded frame by frame, without a graphics card, on a machine that does other work."""
FRAME = (1280, 720)


@pytest.fixture(autouse=True)
def clock() -> None:
    """In place of the folder's: the site under test is another process, on today's date."""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def enter(page: Page, client: Client, address: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def card_of(people: Cast, tmp_path: Path) -> Path:
    """The picture of Inès's card, as its PDF prints it."""
    alice = builders.sign_in(Client(), people.alice_account)
    choice = {"person": people.home.ines.pk}
    alice.post("/adherent/carte/etablir/", choice)
    pdf = alice.get("/adherent/carte.pdf", choice).content
    assert pdf.startswith(b"%PDF")
    picture = io.BytesIO()
    pages_of(pdf)[0].save(picture, "PNG")
    kept = tmp_path / "carte.png"
    kept.write_bytes(picture.getvalue())
    return kept


@pytest.mark.commitment("CGU-3.24")
def test_the_picture_of_a_card_is_read_the_rights_are_shown_and_the_member_sees_the_look(
    people: Cast, browser_page: Page, live_site: str, tmp_path: Path
) -> None:
    picture = card_of(people, tmp_path)
    enter(browser_page, builders.sign_in(Client(), people.professional_account), live_site)
    browser_page.goto(ADDRESS)
    expect(browser_page.get_by_label("N°\u00a0adhérent")).to_be_focused()
    browser_page.get_by_label("Choisir une image").set_input_files(picture)
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Oui, les droits d’Inès Benali sont ouverts")
    expect(browser_page.get_by_label("N°\u00a0adhérent")).to_be_focused()
    expect(browser_page.get_by_role("button", name="Imprimer la réponse")).to_be_visible()
    expect(browser_page.get_by_text("1 vérification aujourd’hui sur 300.")).to_be_visible()
    it_prints_the_answer_alone_on_one_sheet(browser_page)

    browser_page.context.clear_cookies()
    enter(browser_page, builders.sign_in(Client(), people.alice_account), live_site)
    browser_page.goto("/adherent/carte/")
    browser_page.get_by_role("link", name="Qui a vérifié").click()
    expect(browser_page.get_by_role("listitem").filter(has_text="Anne Quéré")).to_contain_text("Carte pour Inès")


def it_prints_the_answer_alone_on_one_sheet(page: Page) -> None:
    page.emulate_media(media="print")
    for shown in ("Oui, les droits d’Inès Benali", "Réponse n°", "Période de validité"):
        expect(page.locator(".result").get_by_text(shown).first).to_be_visible()
    for hidden in (page.locator("form#rights-form"), page.locator("#last"), page.locator("header.top nav").first):
        expect(hidden).to_be_hidden()
    assert len(pages_of(page.pdf(), dpi=50)) == 1
    page.emulate_media(media="screen")


@pytest.mark.commitment("CGU-3.24")
def test_a_card_shown_to_the_camera_is_read_and_the_rights_are_shown(
    people: Cast, chromium: Browser, live_site: str, tmp_path: Path
) -> None:
    film = tmp_path / "camera.y4m"
    film.write_bytes(film_of(card_of(people, tmp_path)))
    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    filming = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*flags, f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        with page_at(filming, live_site) as page:
            enter(page, builders.sign_in(Client(), people.professional_account), live_site)
            page.goto(ADDRESS)
            page.get_by_role("button", name="Scanner la carte").click()
            said = page.get_by_role("heading", level=1)
            expect(said).to_contain_text("Oui, les droits d’Inès Benali sont ouverts", timeout=FILMED)
    finally:
        filming.close()
    with isolation.system():
        assert RightsLook.objects.get().person_id == people.home.ines.pk


def film_of(picture: Path) -> bytes:
    """What a camera held by hand over the codes of the card sees, as YUV4MPEG2: Chromium plays it in a loop."""
    left, top, right, bottom = CODES
    frames = []
    with Image.open(picture) as card:
        grey_card = card.convert("L")
        for step in range(10):  # the hand comes nearer, and drifts
            near, drift = step * 8, step * 3
            seen = (left + near + drift, top + near * 9 // 16, right - near + drift, bottom - near * 9 // 16)
            frames.append(grey_card.crop(seen).resize(FRAME, Image.Resampling.BICUBIC).tobytes())
    no_colour = bytes(FRAME[0] * FRAME[1] // 2).replace(b"\0", b"\x80")
    head = f"YUV4MPEG2 W{FRAME[0]} H{FRAME[1]} F10:1 Ip A1:1 C420jpeg\n".encode()
    return head + b"".join(b"FRAME\n" + frame + no_colour for frame in frames)


def test_it_works_with_the_keyboard_alone_and_without_javascript(
    people: Cast, chromium: Browser, live_site: str
) -> None:
    context = chromium.new_context(
        base_url=live_site, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="fr-FR"
    )
    page = context.new_page()
    try:
        enter(page, builders.sign_in(Client(), people.professional_account), live_site)
        page.goto(ADDRESS)
        expect(page.get_by_role("button", name="Scanner la carte")).to_be_hidden()
        page.get_by_label("N°\u00a0adhérent").focus()
        page.keyboard.type("48217736")
        page.keyboard.press("Tab")
        page.keyboard.type("20052016")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Oui, les droits d’Inès Benali sont ouverts")
        expect(page.get_by_label("N°\u00a0adhérent")).to_have_value("")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_counter_is_accessible_and_never_wider_than_the_screen(
    people: Cast, chromium: Browser, live_site: str, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        base_url=live_site, viewport={"width": 320, "height": 800}, locale="fr-FR", color_scheme=scheme
    )
    page = context.new_page()
    try:
        enter(page, builders.sign_in(Client(), people.professional_account), live_site)
        for birth_date in ("", "01/01/1990", "20/05/2016"):
            page.goto(ADDRESS)
            if birth_date:
                page.get_by_label("N°\u00a0adhérent").fill("48217736")
                page.get_by_label("Date de naissance").fill(birth_date)
                page.get_by_role("button", name="Vérifier").click()
                expect(page.locator(".result h1 b").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
    finally:
        context.close()
