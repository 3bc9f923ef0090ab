"""A prepared query gives what its query set gives, for any value, and refuses what it cannot stand for."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from members.households.queries import _persons, _prepared
from portals.access import isolation
from portals.access.models import Grant
from portals.prepared import ValueNotFound, prepare
from tests.cast import Cast

DAY = datetime.date(2026, 10, 15)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [DAY, DAY.replace(year=2040)])
def test_the_persons_of_each_household_are_those_of_the_query_set(cast: Cast, day: datetime.date) -> None:
    for person, account in ((cast.alice, cast.alice_account), (cast.bob, cast.bob_account)):
        with isolation.system():
            asked = _persons(household_id=person.household_id, day=day, acting=account.pk)
            with CaptureQueriesContext(connection) as captured:
                rows = _prepared().rows({"household_id": person.household_id, "day": day, "acting": account.pk})
            assert [query["sql"] for query in captured] == [_sql_of(asked)]
            assert rows and rows == list(asked)


def _sql_of(asked: QuerySet[Any, Any]) -> str:
    """What the query set itself sends."""
    with CaptureQueriesContext(connection) as captured:
        list(asked.all())
    sql: str = captured[0]["sql"]
    return sql


def test_a_value_that_the_query_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueNotFound, match="day"):
        prepare(lambda account, day: Grant.objects.filter(account=account), account=-7, day=DAY)
