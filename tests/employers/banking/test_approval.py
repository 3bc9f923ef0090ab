"""A company's account changes when one administrator asks, another one approves, and 48 hours have passed (CGU-3.17)."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction

from employers.banking.accounts import iban_of
from employers.banking.models import CompanyAccount
from employers.users.actions import change_role, revoke
from portals.access import isolation
from portals.access.models import Grant
from portals.banking.actions import NotPending, cancel_change
from portals.banking.approval import NotApprover, approve_change, refuse_change
from portals.banking.models import BankChange, Why
from portals.jobs import run_due
from portals.signals import announce
from tests import builders
from tests.cast import Cast
from tests.employers.banking.objects import IBAN, OTHER_IBAN, change_of, second_administrator, with_account
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.17")]

NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def the_change() -> BankChange:
    with isolation.system():
        return BankChange.objects.get()


def in_force(cast: Cast) -> str:
    with isolation.system():
        return iban_of(cast.company.pk)


def test_it_waits_for_the_second_person_then_for_48_hours(cast: Cast, clock: time_machine.Traveller) -> None:
    with_account(cast.company)
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    assert (change.waits_approval, change.state) == (True, "À approuver")
    clock.move_to(NOON + 5 * DAY)
    run_due()
    assert in_force(cast) == IBAN
    with isolation.system():
        approve_change(by=malo, change_id=change.pk)
    assert the_change().effective_at == NOON + 7 * DAY
    clock.move_to(NOON + 7 * DAY - HOUR)
    run_due()
    assert in_force(cast) == IBAN
    clock.move_to(NOON + 7 * DAY + HOUR)
    run_due()
    assert in_force(cast) == OTHER_IBAN
    assert (the_change().state, the_change().approved_by, the_change().new_sealed) == ("Fait", malo, None)


def test_who_asks_does_not_approve(cast: Cast) -> None:
    second_administrator(cast.company)
    change = change_of(cast.company_account)
    with isolation.system():
        with pytest.raises(NotApprover):
            approve_change(by=cast.company_account, change_id=change.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            BankChange.objects.update(approved_by=cast.company_account, approved_at=NOON)
    assert the_change().waits_approval


def test_nor_does_anybody_who_manages_something_else(cast: Cast) -> None:
    second_administrator(cast.company)
    manager = builders.account(cast.company, role="hr_manager")
    change = change_of(cast.company_account)
    with isolation.system():
        for other in (manager, cast.rival_account, cast.alice_account):
            with pytest.raises(NotApprover):
                approve_change(by=other, change_id=change.pk)


def test_a_new_administrator_waits_seven_days_before_approving(cast: Cast, clock: time_machine.Traveller) -> None:
    accomplice = second_administrator(cast.company, since=NOON.date())
    change = change_of(cast.company_account)
    with isolation.system(), pytest.raises(NotApprover):
        approve_change(by=accomplice, change_id=change.pk)
    clock.move_to(NOON + 7 * DAY)
    with isolation.system():
        assert approve_change(by=accomplice, change_id=change.pk).approved_by == accomplice


def test_the_database_lets_no_change_through_without_its_approval(cast: Cast) -> None:
    second_administrator(cast.company)
    change_of(cast.company_account)
    with isolation.system(), pytest.raises(IntegrityError), transaction.atomic():
        BankChange.objects.update(done_at=NOON, new_sealed=None)


def test_alone_an_administrator_waits_for_48_hours_only(cast: Cast, clock: time_machine.Traveller) -> None:
    change = change_of(cast.company_account)
    assert not change.waits_approval
    clock.move_to(NOON + 49 * HOUR)
    run_due()
    assert in_force(cast) == OTHER_IBAN


def test_refused_the_account_stays(cast: Cast, clock: time_machine.Traveller) -> None:
    with_account(cast.company)
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    with isolation.system():
        refuse_change(by=malo, change_id=change.pk)
        with pytest.raises(NotPending):
            approve_change(by=malo, change_id=change.pk)
    clock.move_to(NOON + 30 * DAY)
    run_due()
    assert (in_force(cast), the_change().cancelled_for, the_change().new_sealed) == (IBAN, Why.REFUSED, None)


def test_without_approval_it_lapses_after_fourteen_days(cast: Cast, clock: time_machine.Traveller) -> None:
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    clock.move_to(NOON + 14 * DAY)
    with isolation.system(), pytest.raises(NotPending):
        approve_change(by=malo, change_id=change.pk)
    run_due()
    assert the_change().cancelled_for == Why.LAPSED


def test_approved_in_time_it_does_not_lapse(cast: Cast, clock: time_machine.Traveller) -> None:
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    clock.move_to(NOON + 14 * DAY - HOUR)
    with isolation.system():
        approve_change(by=malo, change_id=change.pk)
    clock.move_to(NOON + 14 * DAY + HOUR)
    run_due()
    assert the_change().is_pending


def test_every_administrator_and_the_file_are_told_at_each_step(cast: Cast) -> None:
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    everybody = {cast.company_account.email, malo.email, cast.company.email}
    asked = mails()
    assert {letter.to[0] for letter in asked} == everybody
    assert all("à approuver" in letter.subject and "/compte-bancaire/" in str(letter.body) for letter in asked)
    with isolation.system():
        approve_change(by=malo, change_id=change.pk)
    approved = mails()
    assert {letter.to[0] for letter in approved} == everybody
    assert all("est approuvé" in letter.subject for letter in approved)
    assert not [letter for letter in asked + approved if "FR" in f"{letter.subject}{letter.body}"]


def test_whoever_stops_being_an_administrator_leaves_no_change_behind(cast: Cast) -> None:
    malo = second_administrator(cast.company)
    change_of(malo)
    with isolation.tenant("employeur", cast.company.pk):
        revoke(by=cast.company_account, company_id=cast.company.pk, grant_id=Grant.objects.get(account=malo).pk)
    assert the_change().cancelled_for == Why.LEFT


def test_nor_an_approval(cast: Cast) -> None:
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    with isolation.system():
        approve_change(by=malo, change_id=change.pk)
    with isolation.tenant("employeur", cast.company.pk):
        grant = Grant.objects.get(account=malo)
        change_role(by=cast.company_account, company_id=cast.company.pk, grant_id=grant.pk, role="reader")
    assert the_change().cancelled_for == Why.LEFT


def test_a_fraud_on_the_approver_cancels_too(cast: Cast) -> None:
    malo = second_administrator(cast.company)
    change = change_of(cast.company_account)
    with isolation.system():
        approve_change(by=malo, change_id=change.pk)
    announce(
        "account.fraud_reported", by=None, object_kind="account", object_id=malo.pk,
        details={"report": "F-1", "signed_in": 0},
    )  # fmt: skip
    assert the_change().cancelled_for == Why.FRAUD


def test_a_new_account_has_a_new_mandate(cast: Cast, clock: time_machine.Traveller) -> None:
    with_account(cast.company)
    with isolation.system():
        before = CompanyAccount.objects.get().mandate_number
    clock.shift(HOUR)
    with isolation.system():
        change = change_of(cast.company_account)
        cancel_change(by=cast.company_account, change_id=change.pk, why=Why.OWNER)
        assert CompanyAccount.objects.get().mandate_number == before
    change_of(cast.company_account)
    clock.shift(49 * HOUR)
    run_due()
    with isolation.system():
        account = CompanyAccount.objects.get()
        assert account.mandate_number != before
        assert OTHER_IBAN.encode() not in bytes(account.iban_sealed)


@pytest.mark.commitment("PDP-3.3")
def test_the_database_shows_a_company_its_own_account_only(cast: Cast) -> None:
    with_account(cast.company)
    with isolation.tenant("employeur", cast.rival.pk):
        assert not CompanyAccount.objects.exists()
    with isolation.tenant("adherent", cast.alice.household_id):
        assert not CompanyAccount.objects.exists()
    with isolation.tenant("employeur", cast.company.pk):
        assert CompanyAccount.objects.count() == 1
