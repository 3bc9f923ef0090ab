"""Accounts: warned before they close, forgiven when the person comes back, and emptied of what was theirs."""

import datetime

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from members.models import Person
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.terms.models import Acceptance
from privacy.retention.models import RetentionReport, RetentionWarning
from privacy.retention.running import ask, perform
from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("CGU-8.5"),
    pytest.mark.commitment("PDP-3.12"),
]
SEEN = datetime.date(2024, 5, 10)
WARNED, CLOSED = datetime.date(2027, 4, 11), datetime.date(2027, 5, 11)
"""Three years are over on 10 May 2027; the account is closed the next day, and told 30 days before."""


def seen(account: Account, day: datetime.date, **facts: str) -> None:
    at = datetime.datetime.combine(day, datetime.time(15), tzinfo=datetime.UTC)
    Account.objects.filter(pk=account.pk).update(last_login=at, created_at=at, **facts)


def run(day: datetime.date, rule: str = "portals.unused_accounts") -> RetentionReport:
    with isolation.system():
        asked = ask(day=day)
    perform(asked.pk)
    return RetentionReport.objects.get(run=asked, rule=rule)


def warned(account: Account) -> bool:
    with isolation.system():
        return RetentionWarning.objects.filter(account=account).exists()


def alone(cast: Cast) -> Account:
    """Alice's account is the only one that was left alone."""
    now = timezone.now() + datetime.timedelta(days=3650)
    Account.objects.exclude(pk=cast.alice_account.pk).update(last_login=now, created_at=now)
    seen(cast.alice_account, SEEN)
    return cast.alice_account


def test_an_unused_account_is_told_thirty_days_before_and_closed_on_the_day(cast: Cast) -> None:
    account = alone(cast)
    day = datetime.timedelta(days=1)
    assert run(WARNED - day).warned == 0
    assert run(WARNED).warned == 1
    with isolation.system():
        assert RetentionWarning.objects.get(account=account).acts_on == CLOSED
    jobs.run_due()
    (letter,) = mail.outbox
    assert letter.to == [cast.alice_account.email]
    assert "11\u00a0mai\u00a02027" in letter.body
    assert cast.alice.family_name not in f"{letter.body} {letter.subject}"
    assert run(WARNED + day).warned == 0
    assert run(CLOSED - day).handled == 0
    assert run(CLOSED).handled == 1
    closed = Account.objects.get(pk=account.pk)
    assert (closed.state, closed.email, closed.is_active) == ("closed", "", False)
    with isolation.system():
        assert Person.objects.get(pk=cast.alice.pk).family_name == cast.alice.family_name  # the contract goes on
        assert Acceptance.objects.filter(account=account).exists()  # the proof as well, for five years
    assert run(CLOSED + day).due == 0


def test_whoever_comes_back_is_not_closed_and_is_told_again_later(cast: Cast) -> None:
    account = alone(cast)
    run(WARNED)
    assert warned(account)
    seen(account, WARNED + datetime.timedelta(days=5))
    assert run(CLOSED).handled == 0
    assert not warned(account)
    assert Account.objects.get(pk=account.pk).state == "validated"


def test_a_night_that_was_missed_still_leaves_thirty_days(cast: Cast) -> None:
    account = alone(cast)
    assert run(CLOSED + datetime.timedelta(days=100)).handled == 0
    with isolation.system():
        assert RetentionWarning.objects.get(account=account).acts_on == CLOSED + datetime.timedelta(days=130)
    assert Account.objects.get(pk=account.pk).state == "validated"


@pytest.mark.commitment("PDP-3.2")
def test_a_sign_up_that_was_never_finished_goes_after_six_months(cast: Cast) -> None:
    account = alone(cast)
    seen(account, SEEN, state="started")
    rule = "portals.unfinished_signups"
    assert run(datetime.date(2024, 10, 10), rule).warned == 0
    assert run(datetime.date(2024, 10, 12), rule).warned == 1
    assert run(datetime.date(2024, 11, 10), rule).handled == 0
    assert run(datetime.date(2024, 11, 11), rule).handled == 1
    assert Account.objects.get(pk=account.pk).state == "closed"


def test_what_proves_goes_five_years_after_the_account_was_closed(cast: Cast) -> None:
    account = alone(cast)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE portals_account SET state = 'closed', is_active = false, closed_at = %s WHERE id = %s",
            [datetime.datetime(2024, 5, 10, 12, tzinfo=datetime.UTC), account.pk],
        )
    rule = "portals.closed_accounts"
    assert run(datetime.date(2029, 5, 10), rule).handled == 0
    assert Acceptance.objects.filter(account=account).exists()
    assert run(datetime.date(2029, 5, 11), rule).handled == 1
    assert not Acceptance.objects.filter(account=account).exists()
    assert Account.objects.filter(pk=account.pk, identifier=account.identifier).exists()  # never given again
    assert run(datetime.date(2029, 5, 12), rule).due == 0
