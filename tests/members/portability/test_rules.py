"""How long cover goes on, when a proof is due, when the offer leaves: by dates alone (articles L. 911-8 and Evin 4)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from members.portability.rules import (
    DAY,
    NotAfterEnd,
    Stretch,
    employed_since,
    end_of_months,
    last_day_declared,
    next_proof_due,
    offer_days,
    offer_stays,
    portability_months,
    proof_due,
    proved_by_default,
    rights_after,
    suspension_after,
)
from members.portability.words import Cause
from portals.dates import months_after

D = datetime.date
TODAY = D(2026, 10, 9)
DAYS = some.dates(D(1990, 1, 1), D(2030, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (D(2026, 9, 1), D(2026, 9, 20), 1),  # twenty days
        (D(2026, 8, 1), D(2026, 9, 15), 2),  # a month and a half
        (D(2026, 9, 1), D(2026, 9, 30), 1),  # a month to the day
        (D(2026, 9, 1), D(2026, 10, 1), 2),  # and one day more
        (D(2026, 9, 14), D(2026, 9, 14), 1),  # one day
        (D(2026, 2, 1), D(2026, 2, 28), 1),
        (D(2025, 8, 15), D(2026, 10, 14), 12),  # fourteen months
        (D(2025, 10, 10), D(2026, 10, 9), 12),  # a year to the day
        (D(2025, 11, 10), D(2026, 10, 9), 11),
        (D(2016, 10, 10), D(2026, 10, 9), 12),  # ten years
    ],
)
def test_the_length_of_the_contract_makes_whole_months_rounded_up_twelve_at_most(
    first: datetime.date, last: datetime.date, months: int
) -> None:
    assert portability_months(first, last) == months


@given(DAYS, some.integers(0, 9000))
def test_a_day_more_never_makes_fewer_months(first: datetime.date, days: int) -> None:
    last = first + datetime.timedelta(days=days)
    months = portability_months(first, last)
    assert 1 <= months <= 12
    assert months <= portability_months(first, last + DAY) <= months + 1
    assert months == 12 or last < months_after(first, months)  # rounded up
    assert months == 1 or last >= months_after(first, months - 1)  # and no more than needed


@given(DAYS, some.integers(1, 12))
def test_it_runs_from_the_day_after_and_a_short_month_costs_nobody_a_day(last: datetime.date, months: int) -> None:
    end = end_of_months(last, months)
    assert end >= months_after(last, months)
    assert end + DAY >= months_after(last + DAY, months)
    assert end < months_after(last + DAY, months) + datetime.timedelta(days=4)


def test_twelve_months_after_the_end_of_september_end_with_the_next_september() -> None:
    assert end_of_months(D(2026, 9, 30), 12) == D(2027, 9, 30)
    assert end_of_months(D(2026, 2, 28), 1) == D(2026, 3, 31)
    assert end_of_months(D(2027, 2, 28), 12) == D(2028, 2, 29)


def test_a_contract_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="after it begins"):
        portability_months(TODAY, TODAY - DAY)


def test_without_benefit_rights_end_with_the_contract() -> None:
    rights = rights_after(since=D(2016, 1, 1), contract_end=TODAY, opens=False)
    assert (rights.months, rights.ends_on, rights.rights_end) == (0, None, TODAY)


def test_contracts_that_follow_one_another_are_one() -> None:
    stretches = [
        Stretch(D(2024, 1, 1), D(2024, 6, 30)),  # a summer without a contract follows
        Stretch(D(2024, 9, 1), D(2025, 8, 31)),
        Stretch(D(2025, 9, 1), None),
    ]
    assert employed_since(stretches, TODAY) == D(2024, 9, 1)
    assert employed_since(stretches, D(2024, 3, 1)) == D(2024, 1, 1)
    assert employed_since([], TODAY) is None


def test_the_proof_is_due_sixty_days_after_the_first_day_or_after_it_was_said() -> None:
    assert proof_due(D(2026, 11, 1), TODAY) == D(2026, 12, 31)
    assert proof_due(D(2026, 8, 1), TODAY) == TODAY + datetime.timedelta(days=60)


def test_a_proof_holds_six_months_and_never_beyond_the_end() -> None:
    assert proved_by_default(TODAY, D(2027, 9, 30)) == D(2027, 4, 9)
    assert proved_by_default(TODAY, D(2026, 12, 31)) == D(2026, 12, 31)
    assert next_proof_due(D(2027, 4, 9), D(2027, 9, 30)) == D(2027, 4, 9)
    assert next_proof_due(D(2027, 9, 30), D(2027, 9, 30)) is None


@given(DAYS)
def test_nobody_is_suspended_before_fifteen_days(today: datetime.date) -> None:
    assert (suspension_after(today) - today).days == 15


@given(DAYS, some.integers(-400, 400))
def test_what_is_declared_takes_back_no_day_that_has_passed(since: datetime.date, days: int) -> None:
    ends_on = TODAY + datetime.timedelta(days=400)
    if since > ends_on:
        with pytest.raises(NotAfterEnd):
            last_day_declared(since, today=TODAY, ends_on=ends_on)
        return
    last = last_day_declared(since, today=TODAY, ends_on=ends_on)
    assert last >= TODAY
    assert last == max(since - DAY, TODAY)


def test_the_individual_contract_stays_offered_to_whoever_does_not_work() -> None:
    assert not offer_stays(Cause.NEW_JOB)
    assert offer_stays(Cause.RETIREMENT)
    assert offer_stays(Cause.BENEFIT_ENDED)
    assert offer_stays(None)


@given(DAYS, DAYS)
def test_the_offer_leaves_within_the_two_months_of_the_law_when_it_is_known_in_time(
    rights_end: datetime.date, today: datetime.date
) -> None:
    days = offer_days(rights_end, today=today)
    assert days.sends_on >= today
    assert days.due_on == months_after(rights_end, 2)
    assert days.until == months_after(rights_end, 6)
    if today <= rights_end:
        assert days.sends_on <= rights_end
