"""When a representation closes by itself; what the database computes is what the rules say."""

import datetime

import pytest
from django.db import connection

from members.households.rules import UNINSURED
from members.representation.grants import LATER
from members.representation.models import Ending, Quality
from members.representation.rules import (
    Close,
    DatesRefused,
    birthday,
    check_dates,
    closing,
    consults_only,
    may_be_parent,
    may_prolong,
)

D = datetime.date
BORN = D(2012, 5, 20)


@pytest.mark.commitment("CGU-2.11")
@pytest.mark.parametrize(
    ("quality", "end", "close"),
    [
        (Quality.PARENT, None, Close(D(2030, 5, 20), Ending.MAJORITY)),
        (Quality.PARENT, D(2027, 1, 31), Close(D(2027, 2, 1), Ending.DATE)),
        (Quality.PARENT, D(2035, 1, 31), Close(D(2030, 5, 20), Ending.MAJORITY)),
        (Quality.GUARDIAN, D(2035, 1, 31), Close(D(2035, 2, 1), Ending.DATE)),
        (Quality.PROXY, None, Close(None, Ending.DATE)),
    ],
)
def test_it_closes_at_its_date_or_at_majority(quality: Quality, end: datetime.date | None, close: Close) -> None:
    assert closing(quality, birth_date=BORN, end_date=end) == close


@pytest.mark.commitment("CGU-2.11")
@pytest.mark.parametrize(
    ("quality", "scope", "minor", "day", "only_reads"),
    [
        (Quality.PARENT, "act", (True, False), D(2028, 5, 19), False),
        (Quality.PARENT, "act", (True, False), D(2028, 5, 20), True),
        (Quality.PARENT, "act", (False, False), D(2028, 5, 20), False),
        (Quality.PARENT, "act", (True, True), D(2028, 5, 20), False),
        (Quality.PARENT, "consult", (False, True), D(2028, 5, 20), True),
        (Quality.GUARDIAN, "act", (True, False), D(2028, 5, 20), False),
        (Quality.AGENT, "consult", (True, False), D(2040, 5, 20), True),
    ],
)
def test_from_sixteen_a_minor_with_an_account_acts_alone(
    quality: Quality, scope: str, minor: tuple[bool, bool], day: datetime.date, only_reads: bool
) -> None:
    """`minor`: whether they have an account, and let this one act."""
    own_account, prolonged = minor
    told = consults_only(
        quality, scope, birth_date=BORN, has_own_account=own_account, is_prolonged=prolonged, day=day
    )  # fmt: skip
    assert told == only_reads


def test_a_judgment_lets_one_parent_represent() -> None:
    assert may_be_parent(5, None)
    assert may_be_parent(None, None)
    assert may_be_parent(5, 5)
    assert not may_be_parent(6, 5)
    assert not may_be_parent(None, 5)
    assert may_be_parent(None, UNINSURED)
    assert not may_be_parent(5, UNINSURED)


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
