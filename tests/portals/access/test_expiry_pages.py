"""The read-only years as people see them: the end and what is left on every page, nothing that changes."""

import datetime

import pytest
import time_machine
from django.test import Client

from portals.jobs.calendar import PARIS
from tests import builders
from tests.pages import words_of
from tests.portals.access.holders import SPACES, follow_portfolio, story

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.3")]

NBSP = "\u00a0"
END = datetime.date(2025, 3, 31)
WHAT = {"adherent": "Votre couverture", "employeur": "Votre contrat collectif", "professionnel": "Votre convention"}


def page_on(day: datetime.date, space: str, address: str, client: Client, *, end: datetime.date = END) -> str:
    told = story(space, end_date=end)
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(9), tzinfo=PARIS), tick=False):
        follow_portfolio(day)
        builders.sign_in(client, told.account)
        response = client.get(address.replace("HOME", told.home))
        assert response.status_code == 200
        return words_of(response.content.decode())


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("address", ["HOME", "/compte/"])
def test_every_page_says_what_has_ended_and_until_when_it_can_be_read(space: str, address: str, client: Client) -> None:
    words = page_on(datetime.date(2026, 10, 14), space, address, client).replace(NBSP, " ")
    sentence = (
        f"{WHAT[space]} a pris fin le 31 mars 2025. Cet espace reste ouvert en lecture jusqu’au 31 mars 2027 à 0 h."
    )
    assert words.count(sentence) == 1
    assert "Il reste" not in words


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize(
    ("day", "left"),
    [
        (datetime.date(2026, 12, 31), "Il reste 90 jours"),
        (datetime.date(2027, 3, 29), "Il reste 2 jours"),
        (datetime.date(2027, 3, 30), "Il reste 1 jour"),
    ],
)
def test_the_last_ninety_days_are_counted(space: str, day: datetime.date, left: str, client: Client) -> None:
    assert left in page_on(day, space, "HOME", client).replace(NBSP, " ")


@pytest.mark.parametrize("space", SPACES)
def test_nothing_is_said_while_it_runs_nor_on_its_last_day(space: str, client: Client) -> None:
    last_day = datetime.date(2026, 12, 31)
    assert "a pris fin" not in page_on(last_day, space, "HOME", client, end=last_day)


@pytest.mark.parametrize("space", SPACES)
def test_nothing_changes_any_more_but_what_is_one_s_own_right(space: str, client: Client) -> None:
    told = story(space, end_date=END)
    with time_machine.travel(datetime.datetime(2026, 10, 14, 9, tzinfo=PARIS), tick=False):
        follow_portfolio(datetime.date(2026, 10, 14))
        builders.sign_in(client, told.account)
        refused = client.post(told.home)
        assert refused.status_code == 403
        assert "lecture seule" in words_of(refused.content.decode())
        assert client.get("/compte/export/").status_code == 200
        assert client.get("/compte/supprimer/").status_code == 200
