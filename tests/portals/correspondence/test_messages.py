"""Messages, in the three spaces."""

import datetime

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portals import jobs
from portals.access import isolation
from portals.access.models import Motive, Restriction, RestrictionKind
from portals.accounts.models import Account
from portals.correspondence import answering
from portals.correspondence.models import State, Thread
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NEW = "/messages/nouveau/"


def written(client: Client, topic: str = "card") -> Thread:
    answer = client.post(NEW, {"topic": topic, "text": "Ma carte n’est pas arrivée."})
    assert answer.status_code == 302, words_of(answer.content.decode())
    with isolation.system():
        return Thread.objects.select_related("account").order_by("-id")[0]


@pytest.mark.commitment("CGU-9.4")
@pytest.mark.parametrize("holder", ["alice_account", "company_account", "professional_account"])
def test_each_space_writes_and_reads_its_answer(
    holder: str, cast: Cast, agent: Account, mailoutbox: list[EmailMessage]
) -> None:
    client = builders.sign_in(Client(), getattr(cast, holder))
    thread = written(client, "terms")
    assert (thread.number, thread.due_on) == ("MS-2026-000001", datetime.date(2026, 10, 12))
    assert "12 octobre 2026" in words_of(client.get(f"/messages/{thread.number}/").content.decode()).replace(
        "\u00a0", " "
    )
    answering.answer(by=agent, thread=thread, text="Elle part demain.")
    page = words_of(client.get(f"/messages/{thread.number}/").content.decode())
    assert "Elle part demain." in page
    assert "1 réponse vous attend" in words_of(client.get("/messages/").content.decode())
    jobs.run_due()
    assert mailoutbox[-1].subject == "Une réponse vous attend"
    assert "carte" not in mailoutbox[-1].body.casefold()


def test_an_answer_to_the_answer_is_promised_a_new_day(alice: Client, agent: Account) -> None:
    thread = written(alice)
    answering.answer(by=agent, thread=thread, text="Elle part demain.")
    alice.post(f"/messages/{thread.number}/", {"text": "Merci, et celle d’Inès ?"})
    with isolation.system():
        thread.refresh_from_db()
    assert (thread.state, thread.due_on) == (State.WAITING, datetime.date(2026, 10, 12))


def test_a_topic_of_another_space_is_not_taken(cast: Cast) -> None:
    company = builders.sign_in(Client(), cast.company_account)
    assert company.post(NEW, {"topic": "card", "text": "Bonjour"}).status_code == 200


@pytest.mark.commitment("CGU-7.1")
def test_a_suspended_account_is_told_why_and_led_to_complaints(cast: Cast, agent: Account) -> None:
    Restriction.objects.create(
        account=cast.alice_account, kind=RestrictionKind.SUSPENSION, motive=Motive.BREACH, reason="Essai.", by=agent
    )
    client = builders.sign_in(Client(), cast.alice_account)
    assert client.get("/messages/").status_code == 403
    assert client.get("/reclamations/").status_code == 200


def test_another_account_finds_nothing(alice: Client, cast: Cast) -> None:
    thread = written(alice)
    bob = builders.sign_in(Client(), cast.bob_account)
    assert bob.get(f"/messages/{thread.number}/").status_code == 404
    assert bob.get(f"/reclamations/{thread.number}/").status_code == 404


def test_staff_do_not_write_to_themselves(agent: Account) -> None:
    desk = builders.sign_in(Client(), agent)
    assert desk.get("/messages/").status_code == 404


def test_its_pages_cost_twelve_queries_at_most(alice: Client) -> None:
    thread = written(alice)
    for address in ("/messages/", NEW, f"/messages/{thread.number}/"):
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(address).status_code == 200
        assert len(captured) <= 12, address
