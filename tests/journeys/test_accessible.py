"""Every page, for whoever may open it, in a real browser: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from portals.accounts.models import Account
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.accessibility import faults_at
from tests.harness.browser import goes_on
from tests.permissions.matrix import TABLE, expectations_of
from tests.permissions.objects import OBJECTS
from tests.permissions.people import people_of

pytestmark = pytest.mark.browser

REFUSALS = {"members:home", "employers:users"}
"""Where the page that says why a space or a service is closed is looked at: it is the same everywhere."""
STATES = (
    "anonymous", "member", "password_to_choose", "password_only", "terms_to_accept", "company", "professional", "read_only",
    "suspended", "access_ended", "accountant",
)  # fmt: skip


def pages_of(state: str) -> list[str]:
    """The URL names that answer a page to this state, those that say why not included; each is looked at once, in the
    first of the states that get it, and once more in the colours of another space."""
    earlier = STATES[: STATES.index(state)]
    return sorted(name for name in TABLE["urls"] if _is_new(name, state, earlier))


def _is_new(name: str, state: str, earlier: tuple[str, ...]) -> bool:
    expected = expectations_of(name)
    status = expected[state]["GET"]
    if status not in {200, 403, 410} or (status == 403 and name not in REFUSALS):
        return False
    if name == "portals:account":
        return True
    return not any(expected[other]["GET"] == status for other in earlier)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_any_page(
    state: str, transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    cast = build_cast()
    visitor = people_of(cast)[state]
    if visitor.account is not None:
        goes_on(browser_page, visitor.enter(), live_site)
    wrong = [
        fault
        for address in [address_of(name, cast) for name in pages_of(state)]
        if is_page(browser_page, address)
        for fault in faults_at(browser_page, address)
    ]
    assert wrong == []


def enter(page: Page, account: Account, site: str, client: Client) -> None:
    """The browser signs in as this account."""
    goes_on(page, builders.sign_in(client, account), site)


def address_of(name: str, cast: Cast) -> str:
    none: Callable[[Cast], dict[str, object]] = lambda _cast: {}  # noqa: E731  (typed for the table's default)
    return reverse(name, kwargs=OBJECTS.get(name, none)(cast))


def is_page(page: Page, address: str) -> bool:
    """Whether the address answers with a page, and not with a file or with data."""
    return page.request.get(address, max_redirects=0).headers.get("content-type", "").startswith("text/html")
