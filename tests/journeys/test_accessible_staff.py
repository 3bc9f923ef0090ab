"""The staff's pages in a real browser: axe finds nothing, nothing scrolls sideways, the policy on content blocks nothing."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from portals.access.actions import restrict
from portals.access.models import Motive, RestrictionKind
from portals.gestion.roles import Role
from tests import builders
from tests.cast import build_cast
from tests.harness.accessibility import faults_at

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_on_the_pages_of_staff(
    transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    alice = build_cast().alice_account
    boss = builders.colleague(Role.SECURITY)
    measure = restrict(by=boss, account=alice, kind=RestrictionKind.SUSPENSION, motive=Motive.SECURITY, reason="Essai.")
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    builders.enter_gestion(client, boss)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    account = f"/gestion/portals/account/{alice.pk}/"
    addresses = [
        "/gestion/", "/gestion/mode/", "/gestion/roles/", f"/gestion/portals/account/?q={alice.identifier}",
        f"{account}change/", f"{account}suspendre/", f"{account}mesures/{measure.pk}/lever/",
        "/gestion/portals/restriction/", f"/gestion/portals/restriction/{measure.pk}/change/",
        "/gestion/portals/withdrawal/", "/gestion/portals/withdrawal/annoncer/", "/gestion/portals/acceptance/",
        "/gestion/privacy/entry/", "/gestion/privacy/fieldchange/",
    ]  # fmt: skip
    wrong = [fault for address in addresses for fault in faults_at(browser_page, address)]
    assert (wrong, said) == ([], [])
