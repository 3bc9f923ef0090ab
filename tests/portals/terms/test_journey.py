"""A new version takes effect while a member is at work: what changes, what remains to whoever refuses, in a browser."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from portals.documents.signing import is_ours_and_unchanged
from portals.terms.actions import publish
from portals.terms.models import TermsVersion
from tests import builders
from tests.cast import build_cast

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-2.8", "CGU-2.12")]

CHANGES = "<p>Nous répondons désormais sous cinq jours ouvrables.</p>"


def next_text() -> str:
    text = TermsVersion.objects.get().text
    return text.replace(
        "Une maintenance prévue est annoncée sur le site.", "Toute maintenance est annoncée trois jours avant."
    )


def publish_next(**when: datetime.datetime) -> None:
    publish(by=None, text=next_text(), summary="<p>L’essentiel.</p>", changes=CHANGES, **when)


def enter(page: Page, site: str) -> None:
    client = builders.sign_in(Client(), build_cast().alice_account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def is_accessible(page: Page) -> bool:
    return Axe().run(page).response["violations"] == []


def test_a_member_is_warned_then_asked_reads_what_changes_and_accepts(
    transactional_db: None, browser_page: Page, live_site: str
) -> None:
    page = browser_page
    enter(page, live_site)
    soon = timezone.now() + datetime.timedelta(seconds=20)
    publish_next(effective_at=soon)
    page.goto("/adherent/")
    expect(page.get_by_text("De nouvelles conditions d’utilisation entrent en vigueur")).to_be_visible()
    page.get_by_role("link", name="Lire ce qui change").click()
    expect(page.get_by_text("cinq jours ouvrables")).to_be_visible()
    while timezone.now() < soon:
        page.wait_for_timeout(500)
    page.goto("/adherent/")
    expect(page.locator("h1")).to_contain_text("ont changé")
    expect(page.get_by_text("cinq jours ouvrables")).to_be_visible()
    page.get_by_role("link", name="Comparer les deux versions, mot à mot").click()
    expect(page.locator(".changes del").first).to_contain_text("Une")
    expect(page.locator(".changes ins").first).to_contain_text("Toute")
    assert is_accessible(page)
    page.goto("/cgu/acceptation/")
    page.get_by_label("Je suis majeur et capable").check()
    page.get_by_label("j'accepte les présentes CGU").check()
    page.get_by_role("button", name="Accepter et continuer").click()
    expect(page).to_have_url(f"{live_site}/adherent/")


def test_whoever_refuses_still_downloads_deletes_reads_and_leaves(
    transactional_db: None, browser_page: Page, live_site: str
) -> None:
    page = browser_page
    enter(page, live_site)
    publish_next()
    page.goto("/adherent/releves/")
    page.get_by_role("link", name="Je ne les accepte pas").click()
    expect(page.locator("h1")).to_contain_text("les services restent fermés")
    assert is_accessible(page)
    with page.expect_download(timeout=90_000) as downloading:
        link = page.get_by_role("link", name="Télécharger l’historique de ce que vous avez accepté")
        link.click(no_wait_after=True)  # the first PDF of a process takes seconds on a busy machine
    assert is_ours_and_unchanged(downloading.value.path().read_bytes())
    for name, title in (
        ("Télécharger vos données", ""), ("Supprimer votre compte", ""), ("Joindre le délégué", ""), ("Trouver de l’aide", ""),
        ("Lire et imprimer les conditions", "version 2"),
    ):  # fmt: skip
        page.goto("/cgu/refus/")
        page.get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_contain_text(title)
        assert "/cgu/acceptation/" not in page.url, name
    page.goto("/adherent/")
    expect(page).to_have_url(f"{live_site}/cgu/acceptation/")
    page.goto("/cgu/refus/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/")
    expect(page).to_have_url(f"{live_site}/connexion/?next=/compte/")
