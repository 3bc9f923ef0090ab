"""The security page, the change of password, and the notices of both."""

import pytest
from django.test import Client

from portals.accounts.models import Account
from portals.accounts.security.notices import NOTICES, UnknownChange, notify_security_change
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NEW = "tournesol marmite éclair 9"
PASSWORD = "/compte/mot-de-passe/"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


@pytest.fixture
def client(account: Account) -> Client:
    return builders.sign_in(Client(), account)


@pytest.mark.commitment("CGU-2.5", "CGU-2.6")
def test_the_page_says_what_the_holder_answers_for(client: Client) -> None:
    words = words_of(client.get("/compte/securite/").text)
    assert "strictement personnel et confidentiel" in words
    assert "Vous répondez des suites de sa divulgation, même involontaire" in words
    assert "Ne partagez pas votre mot de passe" in words


def test_the_page_leads_to_all_that_protects_the_account(client: Client) -> None:
    page = client.get("/compte/securite/").text
    for address in ("/compte/sessions/", PASSWORD, "/compte/adresse-e-mail/", "/fraude/"):
        assert f'href="{address}"' in page
    assert "/compte/securite/" in client.get("/compte/").text


@pytest.mark.commitment("CGU-2.6")
def test_the_warning_is_there_when_a_password_is_chosen(client: Client) -> None:
    assert "même s’il a été divulgué sans que vous le vouliez" in words_of(client.get(PASSWORD).text)


@pytest.mark.commitment("CGU-2.5")
@pytest.mark.asvs("6.2.2", "6.3.7", "7.4.3")
def test_a_new_password_ends_the_other_sessions_and_is_told(client: Client, account: Account) -> None:
    elsewhere = builders.sign_in(Client(), account)
    assert client.post(PASSWORD, {"password": NEW})["Location"] == "/compte/securite/"
    assert client.get("/compte/securite/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302
    assert [letter.subject for letter in mails()] == ["Votre mot de passe a changé"]
    account.refresh_from_db()
    assert account.check_password(NEW)


@pytest.mark.parametrize("weak", ["trop court", "azertyuiopqsdfghjk", "LeGoff-Alice-14031980"])
def test_a_weak_password_is_refused(weak: str, client: Client, account: Account) -> None:
    assert client.post(PASSWORD, {"password": weak}).status_code == 200
    account.refresh_from_db()
    assert account.check_password(builders.PASSWORD)


@pytest.mark.parametrize("what", sorted(NOTICES))
@pytest.mark.asvs("6.3.7")
def test_each_change_has_a_notice_without_personal_data(what: str, account: Account) -> None:
    notify_security_change(account, what)
    notify_security_change(account, what)
    (letter,) = mails()
    assert letter.to == [account.email] and letter.subject == NOTICES[what].subject
    whole = f"{letter.subject} {letter.body}"
    assert "/fraude/" in whole
    for personal in (account.identifier, account.email, account.display_name, "Alice", "Le Goff"):
        assert personal not in whole


def test_notices_cannot_be_silenced_by_asking_for_many(account: Account) -> None:
    for _ in range(8):
        notify_security_change(account, "sessions_ended")
        assert len(mails()) == 1


def test_the_notice_of_a_password_is_the_one_of_its_choice(account: Account) -> None:
    notify_security_change(account, "password_changed")
    assert [letter.subject for letter in mails()] == ["Votre mot de passe a changé"]


def test_an_unknown_change_is_an_error(account: Account) -> None:
    with pytest.raises(UnknownChange):
        notify_security_change(account, "something")
