"""Rules whose day is not in a row of their own: choices that were replaced, persons told of a breach, past values."""

import datetime
from typing import Any

import pytest
from django.db import connections

from portals.access import isolation
from privacy.breaches.telling.models import Concerned, Delivery
from privacy.consents.models import Choice
from privacy.consents.rules import Channel
from privacy.models import FieldChange, RowChange
from privacy.retention.models import RetentionReport
from privacy.retention.running import ask, perform
from tests.cast import Cast
from tests.privacy.breaches.objects import breach_about
from tests.privacy.consents.objects import says

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("PDP-3.12"),
]
DAY = datetime.date(2024, 5, 10)
LAST, DUE = datetime.date(2029, 5, 10), datetime.date(2029, 5, 11)
AT = datetime.datetime(2024, 5, 10, 15, tzinfo=datetime.UTC)


def run(day: datetime.date, rule: str) -> RetentionReport:
    with isolation.system():
        asked = ask(day=day)
    perform(asked.pk)
    return RetentionReport.objects.get(run=asked, rule=rule)


def owner(sql: str, *params: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, params)


def test_a_choice_goes_five_years_after_the_next_one_and_the_last_one_stays(cast: Cast) -> None:
    says(cast.alice_account, cast.alice, ("newsletter", Channel.EMAIL))
    says(cast.alice_account, cast.alice)
    owner("ALTER TABLE privacy_choice DISABLE TRIGGER USER")
    with isolation.system():
        first, last = Choice.objects.filter(subject_id=cast.alice.pk, purpose__code="newsletter").order_by("pk")[:2]
        everything = Choice.objects.count()
    owner("UPDATE privacy_choice SET at = %s", datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    owner("UPDATE privacy_choice SET at = %s WHERE id = %s", AT, last.pk)
    assert run(LAST, "privacy.choices").handled == 0
    assert run(DUE, "privacy.choices").handled == 1
    with isolation.system():
        assert not Choice.objects.filter(pk=first.pk).exists()
        assert Choice.objects.count() == everything - 1


@pytest.mark.commitment("PDP-7.8")
def test_whom_a_breach_concerned_is_forgotten_five_years_after_its_closing(cast: Cast) -> None:
    breach = breach_about(cast.alice_account)
    row = Concerned.objects.create(breach=breach, person_id=cast.alice.pk)
    Delivery.objects.create(concerned=row, channel="email", account_id=cast.alice_account.pk, at=AT)
    holder = Concerned.objects.create(breach=breach, account_id=cast.company_account.pk)
    Delivery.objects.create(concerned=holder, channel="alert", account_id=cast.company_account.pk, at=AT)
    assert run(datetime.date(2040, 1, 1), "privacy.concerned").due == 0  # it is open
    owner("UPDATE privacy_breach SET closed_at = %s WHERE id = %s", AT, breach.pk)
    assert run(LAST, "privacy.concerned").handled == 0
    assert run(DUE, "privacy.concerned").handled == 2
    assert not Delivery.objects.filter(concerned__in=[row.pk, holder.pk]).exists()
    breach.refresh_from_db()  # the register of breaches stays


def test_past_values_go_five_years_after_the_change(cast: Cast) -> None:
    owner("DELETE FROM privacy_rowchange")
    owner("UPDATE members_person SET email = 'autre@example.org' WHERE id = %s", cast.alice.pk)
    owner("UPDATE portals_account SET display_name = 'Autre' WHERE id = %s", cast.alice_account.pk)
    owner("UPDATE privacy_rowchange SET at = %s", AT)
    owner("UPDATE privacy_fieldchange SET timestamp = %s", AT)
    with isolation.system():
        rows = RowChange.objects.count()
    assert rows > 0
    assert run(LAST, "privacy.row_changes").handled == 0
    assert run(DUE, "privacy.row_changes").handled == rows
    with isolation.system():
        assert not FieldChange.objects.filter(timestamp=AT).exists()
