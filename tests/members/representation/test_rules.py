"""When a representation closes by itself; what the database computes is what the rules say."""

import datetime

import pytest
from django.db import connection

from members.representation.grants import LATER
from members.representation.models import Ending, Quality
from members.representation.rules import (
    Close,
    DatesRefused,
    birthday,
    check_dates,
    closing,
    may_prolong,
)

D = datetime.date
BORN = D(2012, 5, 20)


@pytest.mark.commitment("CGU-2.11")
@pytest.mark.parametrize(
    ("quality", "end", "is_prolonged", "close"),
    [
        (Quality.PARENT, None, False, Close(D(2028, 5, 20), Ending.SIXTEEN)),
        (Quality.PARENT, None, True, Close(D(2030, 5, 20), Ending.MAJORITY)),
        (Quality.PARENT, D(2027, 1, 31), False, Close(D(2027, 2, 1), Ending.DATE)),
        (Quality.PARENT, D(2035, 1, 31), True, Close(D(2030, 5, 20), Ending.MAJORITY)),
        (Quality.GUARDIAN, D(2035, 1, 31), False, Close(D(2035, 2, 1), Ending.DATE)),
        (Quality.PROXY, None, False, Close(None, Ending.DATE)),
    ],
)
def test_it_closes_at_its_date_at_sixteen_or_at_majority(
    quality: Quality, end: datetime.date | None, is_prolonged: bool, close: Close
) -> None:
    assert closing(quality, birth_date=BORN, end_date=end, is_prolonged=is_prolonged) == close


def test_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert birthday(D(2008, 2, 29), 18) == D(2026, 3, 1)
    assert birthday(D(2008, 2, 29), 16) == D(2024, 2, 29)


@pytest.mark.django_db
@pytest.mark.parametrize("born", [D(2008, 2, 29), D(2010, 12, 31), D(2011, 1, 1), D(2008, 2, 28), D(2009, 3, 31)])
@pytest.mark.parametrize("age", [2, 16, 18])
def test_the_database_counts_years_as_the_rules_do(born: datetime.date, age: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LATER.format(day='%s::date', years=age)}", [born, born, born])
        (day,) = cursor.fetchall()[0]
    assert day == birthday(born, age)


@pytest.mark.parametrize(
    ("quality", "start", "end", "field"),
    [
        (Quality.GUARDIAN, D(2026, 1, 1), None, "end_date"),
        (Quality.CURATOR, D(2026, 1, 1), D(2025, 12, 31), "end_date"),
        (Quality.AGENT, D(2020, 1, 1), D(2026, 10, 8), "end_date"),
        (Quality.AGENT, D(2026, 10, 10), None, "start_date"),
        (Quality.FAMILY, D(2026, 1, 1), D(2046, 1, 2), "end_date"),
    ],
)
def test_it_refuses_dates_that_no_representation_has(
    quality: Quality, start: datetime.date, end: datetime.date | None, field: str
) -> None:
    with pytest.raises(DatesRefused) as refused:
        check_dates(quality, start=start, end=end, today=D(2026, 10, 9))
    assert refused.value.field == field


def test_only_a_minor_of_sixteen_prolongs_a_parent() -> None:
    assert not may_prolong(Quality.PARENT, birth_date=BORN, day=D(2028, 5, 19))
    assert may_prolong(Quality.PARENT, birth_date=BORN, day=D(2028, 5, 20))
    assert not may_prolong(Quality.PARENT, birth_date=BORN, day=D(2030, 5, 20))
    assert not may_prolong(Quality.GUARDIAN, birth_date=BORN, day=D(2029, 5, 20))
