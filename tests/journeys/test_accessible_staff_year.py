"""The pages of the staff's year in a real browser: axe finds nothing, nothing scrolls sideways."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from portals.gestion.roles import Role
from tests import builders
from tests.cast import build_cast
from tests.harness.accessibility import faults_at
from tests.privacy.register.objects import control_of, risk_of
from tests.privacy.staff.objects import year_of

pytestmark = pytest.mark.browser


def entered(page: Page, site: str, role: Role) -> None:
    """The browser, as a member of staff of this role in mode gestion."""
    client = builders.enter_gestion(Client(), builders.colleague(role))
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def test_axe_finds_nothing_on_the_pages_of_the_staffs_year(
    transactional_db: None, browser_page: Page, live_site: str
) -> None:
    build_cast()
    made = year_of(builders.colleague(Role.SECURITY))
    risk_of()
    control_of()
    review, line = made["privacy_accessreview"].pk, made["line of accessreview"].pk
    module = made["privacy_awarenessmodule"].pk
    addresses = {
        Role.SECURITY: [
            "/gestion/", "/gestion/charte/", "/gestion/sensibilisation/", f"/gestion/sensibilisation/{module}/",
            "/gestion/privacy/charterversion/", "/gestion/privacy/charterversion/publier/",
            "/gestion/privacy/awarenessmodule/publier/", f"/gestion/privacy/awarenessmodule/{module}/change/",
            "/gestion/privacy/accessreview/commencer/", f"/gestion/privacy/accessreview/{review}/change/",
            f"/gestion/privacy/accessreview/{review}/lignes/{line}/", f"/gestion/privacy/accessreview/{review}/clore/",
            "/gestion/privacy/control/securite/",
        ],
        Role.DATA: ["/gestion/", "/gestion/privacy/publication/carte/"],
        Role.RISK: ["/gestion/"],
        Role.DPO: [
            "/gestion/privacy/retentionrun/", "/gestion/privacy/retentionrun/regles/",
            "/gestion/privacy/retentionswitch/", "/gestion/privacy/legalhold/",
        ],
    }  # fmt: skip
    wrong = []
    for role, pages in addresses.items():
        entered(browser_page, live_site, role)
        wrong += [fault for address in pages for fault in faults_at(browser_page, address)]
    assert wrong == []
