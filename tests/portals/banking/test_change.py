"""An account changes 48 hours after it was asked for, told to every known contact, unless somebody cancels."""

import datetime
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client

from members.households.models import Person
from portals import secrets
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.banking.actions import NotPending, SameAccount, TooManyChanges, ask_change, cancel_by_staff, cancel_change
from portals.banking.models import BankChange, Why
from portals.banking.queries import current_account, history_of, pending_change
from portals.jobs import run_due
from portals.signals import announce
from tests import builders
from tests.cast import ALICE_IBAN, Cast
from tests.members.coordinates.objects import OTHER_IBAN, bank_change_of
from tests.newcomer import mails

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def iban_of(person: Person) -> str:
    with isolation.system():
        now = Person.objects.get(pk=person.pk)
        return secrets.unseal(f"person:{now.person_ref}", "members_person.iban", now.iban_sealed or b"")


def the_change() -> BankChange:
    with isolation.system():
        return BankChange.objects.get()


def after_two_days(clock: time_machine.Traveller) -> None:
    clock.move_to(NOON + 48 * HOUR + datetime.timedelta(minutes=1))
    run_due()


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://[^/\s]+(/compte-bancaire/\S+)", str(letter.body))
    assert found
    return found[1]


def test_it_serves_after_48_hours_and_not_before(cast: Cast, clock: time_machine.Traveller) -> None:
    bank_change_of(cast.alice_account)
    clock.move_to(NOON + 47 * HOUR)
    run_due()
    assert iban_of(cast.alice) == ALICE_IBAN
    after_two_days(clock)
    assert iban_of(cast.alice) == OTHER_IBAN
    done = the_change()
    assert (done.state, done.old_masked, done.new_masked) == ("Fait", "FR·· ···· ·606", "FR·· ···· ·189")


def test_the_new_iban_is_sealed_while_it_waits_and_forgotten_afterwards(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    waiting = bank_change_of(cast.alice_account)
    assert OTHER_IBAN.encode() not in bytes(waiting.new_sealed or b"")
    after_two_days(clock)
    assert the_change().new_sealed is None


def test_old_and_new_contacts_are_told(cast: Cast, clock: time_machine.Traveller) -> None:
    """The account's address is new, the one on file is old."""
    Account.objects.filter(pk=cast.alice_account.pk).update(email="nouvelle@example.org")
    cast.alice_account.refresh_from_db()
    bank_change_of(cast.alice_account)
    letters = mails()
    assert {letter.to[0] for letter in letters} == {"nouvelle@example.org", cast.alice.email}
    for letter in letters:
        for secret in (OTHER_IBAN, ALICE_IBAN, "189", "606", "Alice", "Le Goff"):
            assert secret not in f"{letter.subject} {letter.body}".replace(letter.to[0], "").split("http")[0]
    after_two_days(clock)
    assert {letter.to[0] for letter in mails()} == {"nouvelle@example.org", cast.alice.email}


def test_one_address_receives_one_message(cast: Cast) -> None:
    bank_change_of(cast.alice_account)
    assert [letter.to for letter in mails()] == [[cast.alice.email]]


def test_the_link_of_the_message_cancels_once_its_button_is_pressed(cast: Cast, clock: time_machine.Traveller) -> None:
    bank_change_of(cast.alice_account)
    browser = Client()
    page = browser.get(link_in(mails()[0]))["Location"]
    assert browser.get(page).status_code == 200
    assert the_change().is_pending
    assert browser.post(page)["Location"] == page
    assert the_change().cancelled_for == Why.LINK
    assert "annulé" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 410
    after_two_days(clock)
    assert iban_of(cast.alice) == ALICE_IBAN


def test_a_link_that_was_never_given_says_nothing(cast: Cast) -> None:
    change = bank_change_of(cast.alice_account)
    assert Client().get(f"/compte-bancaire/{change.reference}/{'0' * 64}/").status_code == 410
    assert Client().get(f"/compte-bancaire/{'0' * 32}/{'0' * 64}/").status_code == 410


def test_a_new_request_replaces_the_one_that_waits(cast: Cast, clock: time_machine.Traveller) -> None:
    bank_change_of(cast.alice_account)
    clock.move_to(NOON + 24 * HOUR)
    bank_change_of(cast.alice_account, iban="FR7630001007941234567890185")
    with isolation.system():
        states = [(row.state, row.cancelled_for) for row in history_of("adherent", cast.alice.pk)]
    assert states == [("En attente", ""), ("Annulé", Why.REPLACED)]
    after_two_days(clock)
    assert iban_of(cast.alice) == ALICE_IBAN


def test_the_account_in_force_is_not_asked_for_again(cast: Cast) -> None:
    with pytest.raises(SameAccount):
        bank_change_of(cast.alice_account, iban=ALICE_IBAN)


def test_three_changes_a_day_are_enough(cast: Cast) -> None:
    for iban in (OTHER_IBAN, "FR7630001007941234567890185", OTHER_IBAN):
        bank_change_of(cast.alice_account, iban=iban)
    with pytest.raises(TooManyChanges):
        bank_change_of(cast.alice_account, iban="FR7630001007941234567890185")


@pytest.mark.commitment("CGU-2.7")
def test_a_fraud_report_cancels_what_waits(cast: Cast) -> None:
    change = bank_change_of(cast.alice_account)
    announce(
        "account.fraud_reported", by=None, object_kind="account", object_id=cast.alice_account.pk,
        details={"report": "F-1", "signed_in": 0},
    )  # fmt: skip
    assert the_change().cancelled_for == Why.FRAUD
    with pytest.raises(NotPending), isolation.system():
        cancel_change(by=None, change_id=change.pk, why=Why.OWNER)


def test_staff_cancel_a_doubtful_one(cast: Cast) -> None:
    change = bank_change_of(cast.alice_account)
    cancel_by_staff(by=builders.staff(), change_id=change.pk)
    assert the_change().cancelled_for == Why.STAFF


def test_another_household_sees_nothing_of_it(cast: Cast) -> None:
    bank_change_of(cast.alice_account)
    with isolation.tenant("adherent", cast.bob.household_id):
        assert pending_change("adherent", cast.alice.pk) is None
    with isolation.tenant("employeur", cast.alice.household_id):
        assert not BankChange.objects.exists()
    with isolation.tenant("adherent", cast.alice.household_id):
        assert pending_change("adherent", cast.alice.pk) is not None
        account = current_account("adherent", cast.alice.pk)
    assert account is not None
    assert account.bank == "La Banque Postale"


def test_what_is_asked_by_a_grant_is_of_its_own_person(cast: Cast) -> None:
    with isolation.system():
        grant = Grant.objects.get(account=cast.home.samir_account)
        change = ask_change(by=cast.home.samir_account, grant=grant, iban=OTHER_IBAN)
    assert (change.subject_id, change.old_masked) == (cast.home.samir.pk, "")
