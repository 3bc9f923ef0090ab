"""When a policy may be ended, and on which day (loi 2019-733, décret 2020-1438)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.termination.rules import (
    DayRefused,
    Obstacle,
    PolicyFacts,
    Standing,
    check_last_day,
    first_subscription,
    last_day,
    may_cancel,
    standing_of,
)

D = datetime.date
TODAY = D(2026, 10, 9)
SINCE = D(2022, 1, 1)


def policy(start: datetime.date = SINCE, end: datetime.date | None = None, **facts: bool | int) -> PolicyFacts:
    return PolicyFacts(
        id=int(facts.get("id", 1)), number="SA1", plan="Équilibre", start=start, end=end,
        is_group=bool(facts.get("is_group")), is_asked=bool(facts.get("is_asked")),
    )  # fmt: skip


def standing(one: PolicyFacts, *others: PolicyFacts, holder: bool = True, represented: bool = False) -> Standing:
    return standing_of(one, [one, *others], today=TODAY, is_holder=holder, is_represented=represented)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (D(2026, 10, 9), D(2026, 11, 9)),
        (D(2026, 1, 31), D(2026, 2, 28)),
        (D(2028, 1, 31), D(2028, 2, 29)),
        (D(2026, 12, 15), D(2027, 1, 15)),
    ],
)
def test_it_takes_effect_one_month_after_receipt(received: datetime.date, last: datetime.date) -> None:
    assert last_day(received) == last


@pytest.mark.parametrize(
    ("start", "obstacle"),
    [(D(2025, 10, 9), None), (D(2025, 10, 10), Obstacle.FIRST_YEAR), (D(2026, 1, 1), Obstacle.FIRST_YEAR)],
)
def test_it_is_possible_once_a_year_has_passed(start: datetime.date, obstacle: Obstacle | None) -> None:
    assert standing(policy(start)).obstacle == obstacle


def test_the_page_says_from_when() -> None:
    assert standing(policy(D(2026, 1, 1))).opens_on == D(2027, 1, 1)


def test_a_change_of_plan_does_not_make_the_year_begin_again() -> None:
    old = policy(D(2020, 1, 1), D(2025, 12, 31), id=2)
    older = policy(D(2018, 1, 1), D(2019, 12, 31), id=3)
    new = policy(D(2026, 1, 1))
    assert first_subscription(new, [new, old, older]) == D(2018, 1, 1)
    assert standing(new, old, older).obstacle is None
    apart = policy(D(2020, 1, 1), D(2025, 12, 30), id=2)
    assert standing(new, apart).obstacle is Obstacle.FIRST_YEAR


def test_years_under_a_group_contract_do_not_count() -> None:
    assert standing(policy(D(2026, 1, 1)), policy(D(2020, 1, 1), D(2025, 12, 31), id=2, is_group=True)).obstacle


def test_a_group_contract_is_its_employers() -> None:
    assert standing(policy(is_group=True)).obstacle is Obstacle.GROUP


@pytest.mark.parametrize(
    ("one", "holder", "represented", "obstacle"),
    [
        (policy(is_asked=True), True, False, Obstacle.ASKED),
        (policy(end=D(2026, 10, 31)), True, False, Obstacle.ENDED),
        (policy(end=D(2026, 12, 31)), True, False, None),
        (policy(), False, False, Obstacle.NOT_HOLDER),
        (policy(), True, True, Obstacle.REPRESENTED),
    ],
)
def test_what_else_keeps_it_from_being_ended_here(
    one: PolicyFacts, holder: bool, represented: bool, obstacle: Obstacle | None
) -> None:
    assert standing(one, holder=holder, represented=represented).obstacle == obstacle


@pytest.mark.parametrize("wanted", [D(2026, 11, 8), D(2027, 10, 10)])
def test_a_day_too_soon_or_too_far_is_refused(wanted: datetime.date) -> None:
    with pytest.raises(DayRefused):
        check_last_day(standing(policy()), wanted)


def test_one_may_change_ones_mind_until_the_last_day() -> None:
    assert may_cancel(TODAY, TODAY)
    assert not may_cancel(TODAY - datetime.timedelta(days=1), TODAY)


@given(st.dates(D(2020, 12, 1), D(2099, 12, 31)))
def test_the_notice_is_never_longer_than_a_month(received: datetime.date) -> None:
    last = last_day(received)
    assert 28 <= (last - received).days <= 31
    assert last.day <= received.day
