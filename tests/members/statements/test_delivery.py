"""Which statements go to the print shop: those of whoever had not chosen online when they were issued (CGU-3.8)."""

import datetime

import pytest

from members.statements.actions import issue_month
from members.statements.delivery import on_paper
from members.statements.models import Statement, StatementDelivery
from portals.access import isolation
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.8")]


def on(day: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, tzinfo=datetime.UTC)


def test_paper_is_for_whoever_had_not_chosen_online_at_the_time(cast: Cast) -> None:
    issue_month(month=datetime.date(2026, 10, 1), by=None)
    with isolation.system():
        for day, online in ((2, True), (20, False)):
            StatementDelivery.objects.create(
                person=cast.alice, household_id=cast.alice.household_id, online=online, since=on(day)
            )

        def recipients(day: int) -> set[int]:
            return set(on_paper(Statement.objects.all(), on(day)).values_list("recipient_id", flat=True))

        everybody = recipients(1)
        assert cast.alice.pk in everybody
        assert recipients(10) == everybody - {cast.alice.pk}
        assert recipients(21) == everybody
