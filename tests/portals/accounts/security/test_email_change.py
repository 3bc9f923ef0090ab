"""The e-mail address changes when both ends have confirmed it, in any order, and both are told."""

import datetime
import re

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client

from portals.accounts.models import Account
from portals.accounts.security.email_change import Link, forget_addresses, token_of
from portals.accounts.security.models import EmailChange
from portals.jobs import run_due
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails

pytestmark = pytest.mark.django_db

ADDRESS = "/compte/adresse-e-mail/"
NEW = "nouvelle@example.org"
DAY = datetime.timedelta(hours=24)


@pytest.fixture
def account(clock: time_machine.Traveller, cast: Cast) -> Account:
    return cast.alice_account


@pytest.fixture
def client(account: Account) -> Client:
    return builders.sign_in(Client(), account)


def ask(client: Client, address: str = NEW) -> dict[str, EmailMessage]:
    """Ask for the change; what each address then receives."""
    assert client.post(ADDRESS, {"email": address})["Location"] == ADDRESS
    return {letter.to[0]: letter for letter in mails()}


def links_in(letter: EmailMessage) -> list[str]:
    return re.findall(r"http://[^/\s]+(/compte/adresse-e-mail/lien/\S+)", str(letter.body))


def follow(link: str) -> Client:
    """Open a link where nobody is signed in, and press its button."""
    browser = Client()
    page = browser.get(link)["Location"]
    assert browser.get(page).status_code == 200
    assert browser.post(page)["Location"] == page
    return browser


@pytest.mark.parametrize("old_first", [True, False])
def test_both_ends_confirm_in_any_order_and_both_are_told(old_first: bool, client: Client, account: Account) -> None:
    old = account.email
    letters = ask(client)
    assert set(letters) == {old, NEW}
    ends = [links_in(letters[old])[0], links_in(letters[NEW])[0]]
    first, second = ends if old_first else reversed(ends)
    follow(first)
    account.refresh_from_db()
    assert account.email == old and mails() == []
    follow(second)
    account.refresh_from_db()
    assert account.email == NEW
    told = mails()
    assert {letter.to[0] for letter in told} == {old, NEW}
    assert {letter.subject for letter in told} == {"L’adresse e-mail de votre espace a changé"}
    assert all("/fraude/" in str(letter.body) for letter in told)


def test_no_message_names_the_other_end(client: Client, account: Account) -> None:
    old = account.email
    letters = ask(client)
    assert NEW not in letters[old].message().as_string() and old not in str(letters[NEW].body)
    assert account.display_name not in str(letters[NEW].body)


def test_opening_a_link_changes_nothing_until_its_button_is_pressed(client: Client, account: Account) -> None:
    for letter in ask(client).values():
        for link in links_in(letter):
            browser = Client()
            assert browser.get(browser.get(link)["Location"]).status_code == 200
    change = EmailChange.objects.get()
    assert change.old_confirmed_at is change.new_confirmed_at is change.cancelled_at is None


def test_the_token_is_in_no_page_and_in_no_address_of_a_page(client: Client, account: Account) -> None:
    link = links_in(ask(client)[NEW])[0]
    token = link.rstrip("/").rpartition("/")[2]
    browser = Client()
    moved = browser.get(link)
    assert token not in moved["Location"] and token not in browser.get(moved["Location"]).text
    assert Client().get(moved["Location"]).status_code == 410


def test_the_old_address_can_cancel(client: Client, account: Account) -> None:
    old = account.email
    letters = ask(client)
    confirm, cancel = links_in(letters[old])
    assert len(links_in(letters[NEW])) == 1
    browser = follow(cancel)
    assert "annulé" in browser.get(browser.get(cancel)["Location"]).text
    assert [letter.to for letter in mails()] == [[old]]
    for link in (confirm, links_in(letters[NEW])[0]):
        other = Client()
        other.post(other.get(link)["Location"])
    account.refresh_from_db()
    assert account.email == old


def test_the_owner_cancels_in_the_space_too(client: Client, account: Account) -> None:
    ask(client)
    assert "à confirmer" in client.get(ADDRESS).text
    client.post("/compte/adresse-e-mail/annuler/")
    assert EmailChange.objects.get().cancelled_at is not None
    assert "à confirmer" not in client.get(ADDRESS).text


def test_the_links_serve_for_twenty_four_hours(client: Client, account: Account, clock: time_machine.Traveller) -> None:
    letters = ask(client)
    follow(links_in(letters[account.email])[0])
    clock.shift(DAY)
    browser = Client()
    late = browser.get(links_in(letters[NEW])[0])
    assert browser.get(late["Location"]).status_code == 410
    assert browser.post(late["Location"]).status_code == 410
    account.refresh_from_db()
    assert account.email != NEW


def test_a_new_request_replaces_the_one_that_waits(client: Client, account: Account) -> None:
    first = ask(client)
    second = ask(client, "autre@example.org")
    follow(links_in(second[account.email])[0])
    browser = Client()
    stale = browser.get(links_in(first[NEW])[0])["Location"]
    assert browser.post(stale).status_code == 410
    follow(links_in(second["autre@example.org"])[0])
    account.refresh_from_db()
    assert account.email == "autre@example.org"


def test_a_family_may_share_one_address(client: Client, account: Account, cast: Cast) -> None:
    shared = cast.bob_account.email
    letters = ask(client, shared)
    follow(links_in(letters[account.email])[0])
    follow(links_in(letters[shared])[0])
    account.refresh_from_db()
    assert account.email == shared


def test_the_same_address_is_no_change(client: Client, account: Account) -> None:
    page = client.post(ADDRESS, {"email": account.email.upper()})
    assert page.status_code == 200 and "déjà l’adresse" in page.text


def test_five_requests_a_day_are_enough(client: Client, account: Account, clock: time_machine.Traveller) -> None:
    answers = [client.post(ADDRESS, {"email": f"{rank}@example.org"}).status_code for rank in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"locked_at": datetime.datetime.now(datetime.UTC)}])
def test_a_locked_or_closed_account_changes_nothing(
    fields: dict[str, object], client: Client, account: Account
) -> None:
    letters = ask(client)
    Account.objects.filter(pk=account.pk).update(**fields)
    browser = Client()
    page = browser.get(links_in(letters[NEW])[0])["Location"]
    assert browser.post(page).status_code == 410


def test_an_address_that_staff_changed_meanwhile_is_not_overwritten(client: Client, account: Account) -> None:
    letters = ask(client)
    follow(links_in(letters[account.email])[0])
    Account.objects.filter(pk=account.pk).update(email="par-le-gestionnaire@example.org")
    browser = Client()
    assert browser.post(browser.get(links_in(letters[NEW])[0])["Location"]).status_code == 410
    account.refresh_from_db()
    assert account.email == "par-le-gestionnaire@example.org"


def test_the_addresses_are_sealed_then_forgotten(
    client: Client, account: Account, clock: time_machine.Traveller
) -> None:
    ask(client)
    change = EmailChange.objects.get()
    assert change.new_sealed is not None and NEW.encode() not in bytes(change.new_sealed)
    clock.shift(2 * DAY)
    run_due()
    change.refresh_from_db()
    assert change.old_sealed is change.new_sealed is None and change.cancelled_at is not None
    forget_addresses(change)


def test_the_links_of_one_change_are_three_and_open_nothing_else(client: Client, account: Account) -> None:
    ask(client)
    change = EmailChange.objects.get()
    assert len({token_of(change, link) for link in Link}) == 3
    for reference, token in [(change.reference, "x" * 64), ("0" * 32, token_of(change, Link.NEW))]:
        assert Client().get(f"/compte/adresse-e-mail/lien/{reference}/{token}/").status_code == 410


def test_the_page_says_what_to_do_when_the_old_address_is_lost(client: Client) -> None:
    assert "un gestionnaire inscrit la nouvelle adresse" in client.get(ADDRESS).text
