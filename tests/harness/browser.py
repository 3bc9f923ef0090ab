"""Chromium as Debian ships it, driven by Playwright."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
WHY_SKIPPED = "there is no Chromium on this machine: apt-get install chromium"
FLAGS = [
    "--no-sandbox",  # the tests may run as root, where Chromium's sandbox refuses to start
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 15_000  # milliseconds


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def page_at(browser: Browser, address: str) -> Iterator[Page]:
    """A page with no history and no cookies; relative addresses start at `address`."""
    context = browser.new_context(base_url=address, locale="fr-FR", timezone_id="Europe/Paris")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


type Phone = Callable[[Client], Page]
"""Opens a page on a phone, with the session of a client; each page is another phone."""


def goes_on(page: Page, client: Client, address: str) -> None:
    """The browser goes on with the session of a test client."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@contextmanager
def phones_at(browser: Browser, address: str) -> Iterator[Phone]:
    """Phones of 390 px that run no script; relative addresses start at `address`."""
    contexts = []

    def opened(client: Client) -> Page:
        context = browser.new_context(
            base_url=address, locale="fr-FR", java_script_enabled=False, viewport={"width": 390, "height": 844}
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        goes_on(page, client, address)
        return page

    yield opened
    for context in contexts:
        context.close()
