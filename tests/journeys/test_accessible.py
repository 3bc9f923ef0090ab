"""Every page, for whoever may open it, in a real browser: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from portals.accounts.models import Account
from tests import builders
from tests.cast import Cast, build_cast
from tests.permissions.matrix import TABLE
from tests.permissions.test_matrix import OBJECTS, accounts

pytestmark = pytest.mark.browser

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(320, "dark"), (1280, "light")]
NOT_PAGES = {"members:benefits_csv", "portals:robots", "portals:security_contact"}
STATES = ("anonymous", "password_to_choose", "terms_to_accept", "member", "company", "professional", "access_ended")


def pages_of(state: str) -> list[str]:
    """The URL names that answer a page to this state, those that say why not included."""
    rank = TABLE["states"].index(state)
    opened = {
        name for name, profile in TABLE["urls"].items() if TABLE["profiles"][profile]["GET"][rank] in {200, 403, 410}
    }
    return sorted(opened - NOT_PAGES)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_any_page(
    state: str, transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    cast = build_cast()
    enter(browser_page, accounts(cast)[state], live_site, client)
    wrong = [
        fault
        for name in pages_of(state)
        for width, scheme in LOOKS
        for fault in faults_of(browser_page, address_of(name, cast), width, scheme)
    ]
    assert wrong == []


def enter(page: Page, account: Account | None, site: str, client: Client) -> None:
    if account is not None:
        builders.sign_in(client, account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def address_of(name: str, cast: Cast) -> str:
    none: Callable[[Cast], dict[str, object]] = lambda _cast: {}  # noqa: E731  (typed for the table's default)
    return reverse(name, kwargs=OBJECTS.get(name, none)(cast))


def faults_of(page: Page, address: str, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    faults = [f"{address} {width} {scheme}: {found['id']}" for found in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{address} {width} {scheme}: scrolls sideways")
    return faults
