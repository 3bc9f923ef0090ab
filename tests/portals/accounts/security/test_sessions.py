"""The owner sees where the account is open, and closes what they want; what is closed is dead at once."""

import datetime
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portals.accounts.models import Account
from portals.accounts.security.models import AccountSession
from portals.accounts.sessions import STAFF_IDLE_SECONDS, idle_seconds, is_over
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.5")]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile Safari/604.1"
LIST = "/compte/sessions/"
ADDRESS = "203.0.113.77"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def enter(account: Account, user_agent: str = FIREFOX) -> Client:
    """By the real page, from a real address."""
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=ADDRESS)
    answer = client.post("/connexion/", {"login": account.identifier, "password": builders.PASSWORD})
    assert answer.status_code == 302
    return client


def prove(client: Client) -> Client:
    from portals.accounts.security import step_up

    session = client.session
    session[step_up.PROVEN] = int(datetime.datetime.now(datetime.UTC).timestamp())
    session.save()
    return client


def row_of(client: Client) -> AccountSession:
    return AccountSession.objects.get(session_key=client.session.session_key)


def test_the_list_says_devices_and_times_and_never_an_address_or_a_place(account: Account) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        phone = enter(account, SAFARI)
        clock.shift(datetime.timedelta(minutes=10))
        phone.get("/compte/")
        clock.shift(datetime.timedelta(minutes=5))
        here = prove(enter(account))
        page = here.get(LIST).text
    words = words_of(page).replace("\u00a0", " ")
    assert "Safari sur iPhone" in words and "Firefox sur Windows cette session" in words
    assert "14 octobre 2026 à 12 h 00" in words
    assert "14 octobre 2026 à 12 h 10" in words
    assert ADDRESS not in page and "Mozilla" not in page
    assert ADDRESS not in str(list(AccountSession.objects.values()))


@pytest.mark.asvs("7.5.2")
def test_one_session_is_ended_and_the_others_go_on(account: Account) -> None:
    phone, tablet, here = enter(account, SAFARI), enter(account), prove(enter(account))
    answer = here.post(f"/compte/sessions/{row_of(phone).pk}/fermer/")
    assert answer["Location"] == LIST
    assert phone.get("/compte/")["Location"].startswith("/connexion/")
    assert tablet.get("/compte/").status_code == here.get("/compte/").status_code == 200
    assert [letter.subject for letter in mails()] == ["Des sessions de votre espace ont été fermées"]


@pytest.mark.asvs("7.5.2")
def test_all_other_sessions_are_ended_together(account: Account) -> None:
    others, here = [enter(account, SAFARI) for _ in range(3)], prove(enter(account))
    assert here.post("/compte/sessions/fermer/")["Location"] == LIST
    assert [other.get("/compte/").status_code for other in others] == [302] * 3
    page = here.get(LIST)
    assert page.status_code == 200 and "Safari" not in page.text


def test_a_session_that_was_never_recorded_ends_with_the_others(account: Account) -> None:
    unknown, here = enter(account), prove(enter(account))
    row_of(unknown).delete()
    here.post("/compte/sessions/fermer/")
    assert unknown.get("/compte/").status_code == 302


@pytest.mark.asvs("7.4.1")
def test_an_ended_session_is_dead_even_when_the_store_still_holds_it(account: Account) -> None:
    """A request in flight may put a session back into the cache after its end: the row has the last word."""
    phone, here = enter(account, SAFARI), prove(enter(account))
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore(phone.session.session_key)
    data = store.load()
    assert here.post(f"/compte/sessions/{row_of(phone).pk}/fermer/").status_code == 302
    assert store.cache_key not in caches["default"]
    caches["default"].set(store.cache_key, data)
    assert phone.get("/adherent/")["Location"].startswith("/connexion/")
    assert phone.post("/adherent/").status_code == 302


def test_ending_empties_the_cache_and_the_table(account: Account) -> None:
    phone, here = enter(account, SAFARI), prove(enter(account))
    key = phone.session.session_key
    here.post(f"/compte/sessions/{row_of(phone).pk}/fermer/")
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    assert not store.exists(key)


def test_somebody_elses_session_is_not_there_to_end(account: Account, cast: Cast) -> None:
    theirs, here = enter(cast.bob_account), prove(enter(account))
    assert here.post(f"/compte/sessions/{row_of(theirs).pk}/fermer/").status_code == 404
    assert theirs.get("/compte/").status_code == 200


def test_the_current_session_has_its_own_way_out(account: Account) -> None:
    here = prove(enter(account))
    assert here.post(f"/compte/sessions/{row_of(here).pk}/fermer/")["Location"] == "/deconnexion/"
    left = here.post("/deconnexion/")
    assert "cookies" in left["Clear-Site-Data"]
    assert AccountSession.objects.get(account=account).ended_at is not None


def test_what_is_over_is_not_listed(account: Account) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        enter(account, SAFARI)
        clock.shift(datetime.timedelta(minutes=31))
        assert "Safari" not in prove(enter(account)).get(LIST).text


def test_sessions_of_an_older_password_are_not_listed(account: Account) -> None:
    enter(account, SAFARI)
    account.set_password("une autre phrase de passe")
    account.save(update_fields=["password"])
    here = prove(builders.sign_in(Client(), account))
    assert "Safari" not in here.get(LIST).text


def test_twenty_sessions_cost_no_more_queries_than_one(account: Account) -> None:
    here = prove(enter(account))
    here.get(LIST)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert here.get(LIST).status_code == 200
        return len(captured)

    one = cost()
    for _ in range(19):
        builders.sign_in(Client(), account)
    assert cost() == one


def test_a_page_within_the_minute_writes_nothing(account: Account) -> None:
    here = enter(account)
    with CaptureQueriesContext(connection) as captured:
        here.get("/compte/securite/")
    assert not [query for query in captured if "portals_accountsession" in query["sql"] and "UPDATE" in query["sql"]]


@pytest.mark.asvs("7.3.1")
def test_staff_may_be_idle_for_fifteen_minutes_and_others_for_thirty() -> None:
    assert idle_seconds("gestion") == STAFF_IDLE_SECONDS == 15 * 60
    assert idle_seconds("adherent") == idle_seconds("employeur") == idle_seconds("professionnel") == 30 * 60
    assert is_over(0, 0, 15 * 60, idle=idle_seconds("gestion"))
    assert not is_over(0, 0, 15 * 60, idle=idle_seconds("adherent"))
    assert is_over(0, 12 * 3600, 12 * 3600, idle=idle_seconds("adherent"))
