"""The way back in, from the sign-in page (CGU-2.4)."""

import datetime
import re

import pytest
import time_machine
from django.test import Client

from portals.accounts.models import Account, AccountRequest
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails, sign_in

NEW = "tournesol marmite éclair 9"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def ask(client: Client, typed: str) -> str:
    response = client.post("/mot-de-passe/oublie/", {"login": typed})
    assert response.status_code == 302
    return str(response["Location"])


def link_in(text: object) -> str:
    found = re.search(r"http://[^/]+(/mot-de-passe/lien/\S+)", str(text))
    assert found
    return found[1]


@pytest.mark.commitment("CGU-2.4")
def test_a_lost_password_is_replaced_from_the_sign_in_page(account: Account, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, account.identifier, builders.PASSWORD)
    assert "/mot-de-passe/oublie/" in client.get("/connexion/").text
    ask(client, account.identifier)
    (letter,) = mails()
    assert letter.to == [account.email] and account.identifier not in str(letter.body)
    chosen = client.get(link_in(letter.body))
    assert client.post(chosen["Location"], {"password": NEW})["Location"] == "/mot-de-passe/change/"
    assert [message.subject for message in mails()] == ["Votre mot de passe a changé"]
    assert elsewhere.get("/compte/").status_code == 302
    assert sign_in(Client(), account.identifier, builders.PASSWORD).status_code == 200
    assert sign_in(Client(), account.identifier, NEW).status_code == 302


@pytest.mark.asvs("6.4.3")
def test_the_token_is_in_no_page_and_in_no_address_of_a_page(account: Account, client: Client) -> None:
    ask(client, account.identifier)
    link = link_in(mails()[0].body)
    token = link.rstrip("/").rpartition("/")[2]
    moved = client.get(link)
    assert moved.status_code == 302 and token not in moved["Location"]
    assert token not in client.get(moved["Location"]).text
    assert Client().get(moved["Location"]).status_code == 410


def test_the_link_serves_once(account: Account, client: Client) -> None:
    ask(client, account.identifier)
    link = link_in(mails()[0].body)
    form = client.get(link)["Location"]
    client.post(form, {"password": NEW})
    assert Client().get(link).status_code == 410
    assert client.get(form).status_code == 410


def test_the_link_serves_for_an_hour(account: Account, client: Client) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        ask(client, account.identifier)
        link = link_in(mails()[0].body)
        clock.shift(datetime.timedelta(minutes=59))
        assert client.get(link).status_code == 302
        clock.shift(datetime.timedelta(minutes=2))
        assert client.get(link).status_code == 410


@pytest.mark.parametrize("link", ["/mot-de-passe/lien/x/y/", "/mot-de-passe/lien/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b/"])
def test_a_damaged_link_is_one_that_no_longer_serves(db: None, client: Client, link: str) -> None:
    assert client.get(link).status_code == 410


@pytest.mark.asvs("6.2.12")
def test_a_weak_password_is_refused_there_too(account: Account, client: Client) -> None:
    ask(client, account.identifier)
    form = client.get(link_in(mails()[0].body))["Location"]
    assert "ressemble trop" in client.post(form, {"password": "LeGoff-Alice-14031980"}).text


@pytest.mark.commitment("CGU-2.4")
@pytest.mark.asvs("6.3.8")
def test_the_answer_is_the_same_for_nobody(account: Account) -> None:
    known, unknown = Client(), Client()
    assert ask(known, account.identifier) == ask(unknown, "1234567897")
    address = "/mot-de-passe/oublie/envoye/"
    assert known.get(address).content == unknown.get(address).content
    assert len(mails()) == 1
    assert not AccountRequest.objects.exists()


def test_with_the_e_mail_address_the_identifier_comes_in_a_message_of_its_own(account: Account, client: Client) -> None:
    ask(client, account.email.upper())
    reminder, link = mails()
    assert account.identifier in str(reminder.body) and "lien" not in str(reminder.body).replace("lien de paiement", "")
    assert account.identifier not in str(link.body) and account.identifier[-3:] in str(link.body)


def test_whoever_never_finished_can_start_again_from_there(account: Account, client: Client) -> None:
    Account.objects.filter(pk=account.pk).update(must_choose_password=True, state="started", accepted_terms=None)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    ask(client, account.identifier)
    form = client.get(link_in(mails()[0].body))["Location"]
    client.post(form, {"password": NEW})
    assert sign_in(client, account.identifier, NEW).status_code == 302
    assert client.get("/adherent/")["Location"] == "/cgu/acceptation/"


def test_a_closed_account_gets_no_link(account: Account, client: Client) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    ask(client, account.identifier)
    assert mails() == []


def test_too_many_requests_wait(account: Account, client: Client) -> None:
    answers = [client.post("/mot-de-passe/oublie/", {"login": "1234567897"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
