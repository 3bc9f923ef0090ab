"""The public legal and help pages, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.portals.editorial.test_pages import PAGES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways_at_320_pixels(browser_page: Page, scheme: str) -> None:
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser_page.set_viewport_size({"width": 320, "height": 700})
    for name in PAGES:
        browser_page.goto(reverse(name))
        results = Axe().run(browser_page)
        assert results.violations_count == 0, f"{name}: {results.generate_report()}"
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320, name
