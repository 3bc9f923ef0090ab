"""Cookies and the audience counter: listed, of the connection only, refusable, and about nobody (CGU-8.13 to 8.15)."""

import datetime
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from portals.editorial.audience.counting import add_one, keep_past_days
from portals.editorial.audience.models import PageCount
from portals.editorial.cookies import site_cookies
from portals.jobs.schedules import _schedules
from tests import builders
from tests.cast import Cast
from tests.permissions.matrix import url_names
from tests.permissions.walks import leave

pytestmark = pytest.mark.django_db

SETS_A_COOKIE = re.compile(r"\.set_cookie\(|\.set_signed_cookie\(|\.cookies\[")


@pytest.fixture(autouse=True)
def _empty_counters() -> None:
    cache.clear()


def counted(name: str) -> int:
    found: int = cache.get(f"audience:{timezone.localdate():%Y%m%d}:{name}") or 0
    return found


@pytest.mark.commitment("CGU-8.13", "CGU-8.14", "PDP-3.11")
def test_no_page_of_the_site_sets_a_cookie_that_is_not_listed_or_outlives_the_connection(cast: Cast) -> None:
    listed = {cookie.name for cookie in site_cookies()}
    for holder in (None, cast.alice_account, cast.company_account, cast.professional_account, builders.staff()):
        client = builders.sign_in(Client(), holder) if holder else Client()
        for address in addresses():
            answer = client.get(address)
            leave(answer)
            for name, cookie in answer.cookies.items():
                assert name in listed, (address, name)
                gone = cookie.value == ""  # one that is taken back
                assert gone or (not cookie["expires"] and not cookie["max-age"]), (address, name)
    answer = Client().post("/cookies/audience/", {"count": "no"})
    assert set(answer.cookies) <= listed and not answer.cookies["audience"]["max-age"]


def addresses() -> list[str]:
    """Every page of the site whose address names nothing."""
    found = []
    for name in url_names():
        with suppress(NoReverseMatch):  # its address names something
            found.append(reverse(name))
    return sorted(set(found) - {"/deconnexion/"})


@pytest.mark.commitment("CGU-8.13")
def test_no_other_line_of_the_code_sets_a_cookie() -> None:
    apps = [settings.ROOT / name for name in ("config", "portals", "privacy", "members", "employers", "providers")]
    setting = [path for app in apps for path in Path(app).rglob("*.py") if SETS_A_COOKIE.search(path.read_text())]
    assert [path.relative_to(settings.ROOT).as_posix() for path in setting] == ["portals/editorial/audience/views.py"]


@pytest.mark.commitment("CGU-8.13")
def test_the_counter_holds_a_page_a_day_and_a_number() -> None:
    assert {field.name for field in PageCount._meta.fields} == {"id", "day", "page", "views"}


@pytest.mark.commitment("CGU-8.13")
def test_a_page_that_is_shown_is_counted_by_its_name_and_not_by_whom(client: Client, cast: Cast) -> None:
    client.get("/aide/")
    builders.sign_in(client, cast.alice_account)
    client.get("/aide/")
    client.get("/aide/nulle-part/")
    client.post("/aide/")
    assert counted("portals:help") == 2
    assert counted("portals:help_article") == 0


@pytest.mark.commitment("CGU-8.15")
def test_whoever_refuses_is_not_counted_until_they_come_back_on_it(client: Client) -> None:
    assert client.post("/cookies/audience/", {"count": "no"}).status_code == 302
    page = client.get("/cookies/")
    assert "ne sont pas comptées" in page.text and counted("portals:cookies") == 0
    client.post("/cookies/audience/", {"count": "yes"})
    client.get("/cookies/")
    assert counted("portals:cookies") == 1


@pytest.mark.commitment("CGU-8.15")
@pytest.mark.parametrize("signal", [{"Sec-GPC": "1"}, {"DNT": "1"}])
def test_the_signal_of_the_browser_is_a_refusal(client: Client, signal: dict[str, str]) -> None:
    client.get("/aide/", headers=signal)
    assert counted("portals:help") == 0


@pytest.mark.commitment("CGU-8.15")
def test_a_space_works_for_whoever_refuses_to_be_counted(client: Client, cast: Cast) -> None:
    client.post("/cookies/audience/", {"count": "no"})
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200


@pytest.mark.commitment("CGU-8.15")
def test_public_pages_are_readable_without_any_cookie(client: Client) -> None:
    for address in ("/", "/aide/", "/cgu/", "/confidentialite/", "/cookies/", "/disponibilite/"):
        client.cookies.clear()
        assert client.get(address).status_code == 200


def test_finished_days_are_written_at_night_once() -> None:
    now = timezone.now()
    yesterday = timezone.localdate(now) - datetime.timedelta(days=1)
    add_one(yesterday, "portals:help")
    add_one(yesterday, "portals:help")
    add_one(timezone.localdate(now), "portals:help")
    assert keep_past_days(now) == 1
    keep_past_days(now)
    assert [(row.day, row.page, row.views) for row in PageCount.objects.all()] == [(yesterday, "portals:help", 2)]
    assert "audience" in _schedules
