"""Choosing what one accepts, without script; a campaign from its draft to its last reader; axe finds nothing on the way."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Page

from portals.access import isolation
from portals.gestion.roles import Role
from portals.jobs import run_due
from privacy.consents import Channel, may_use
from tests import builders
from tests.cast import build_cast
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone, goes_on
from tests.privacy.campaigns.objects import campaign_by
from tests.privacy.consents.objects import choice_by_post, holder_of

pytestmark = [pytest.mark.browser, pytest.mark.commitment("PDP-5.3")]

PAGE = "/mes-donnees/preferences/"


@pytest.mark.commitment("CGU-8.10")
def test_one_gesture_accepts_and_the_same_gesture_refuses(transactional_db: None, phone: Phone) -> None:
    """On a phone, without script."""
    cast = build_cast()
    page = phone(builders.sign_in(Client(), cast.alice_account))
    for accepted in (True, False):
        page.goto(PAGE)
        page.get_by_role("group", name="Lettre d’information").get_by_label("E-mail").click()
        page.get_by_role("button", name="Enregistrer mes choix").click()
        assert "cela vaut dès maintenant" in page.inner_text("main")
        with isolation.system():
            assert may_use(holder_of(cast.alice), "newsletter", Channel.EMAIL) is accepted
    page.goto(f"{PAGE}historique/")
    assert "accord retiré" in page.inner_text("main")


def test_a_campaign_leaves_and_its_reader_leaves_the_list(
    transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    cast = build_cast()
    line = choice_by_post(cast.alice)
    author = builders.colleague(Role.COMMUNICATION, Role.AGENT, Role.DPO)
    campaign = campaign_by(author, purpose="newsletter", holders=True)
    goes_on(browser_page, builders.enter_gestion(client, author), live_site)
    staff = "/gestion/privacy/"
    addresses = [
        f"{staff}campaign/", f"{staff}campaign/ecrire/", f"{staff}campaign/{campaign.pk}/change/",
        f"{staff}campaign/{campaign.pk}/envoyer/", f"{staff}choice/", f"{staff}choice/saisir/",
        f"{staff}choice/{line.pk}/change/", f"{staff}purpose/", f"{staff}purpose/add/",
        f"{staff}purpose/{line.purpose_id}/change/", f"{staff}purpose/{line.purpose_id}/arreter/",
    ]  # fmt: skip
    wrong = []
    for address in addresses:
        wrong += faults_at(browser_page, address)
    browser_page.goto(f"{staff}campaign/{campaign.pk}/envoyer/")
    browser_page.get_by_role("button", name="Envoyer maintenant").click()
    run_due(["campaign.address", "campaign.message"])
    [message] = mail.outbox
    link = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_ADDRESS.rstrip("/"))
    browser_page.context.clear_cookies()
    wrong += faults_at(browser_page, link)
    browser_page.get_by_role("button", name="Ne plus les recevoir").click()
    assert "C’est fait" in browser_page.inner_text("main")
    with isolation.system():
        assert not may_use(holder_of(cast.alice), "newsletter", Channel.EMAIL)
    assert wrong == []
