"""The clock of rights requests, as properties that hold on every day: ends of months, pauses, extensions."""

import calendar
import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.dates import months_after
from privacy.rights.rules import Clock, Suspension, last_hour

FIRST = datetime.date(2020, 1, 1)
DAYS = st.dates(FIRST, datetime.date(2040, 12, 31))
PAUSES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40)), max_size=4)
"""Pauses that follow one another: how long after the end of the one before, and how many days."""


def suspensions_of(received: datetime.date, pauses: list[tuple[int, int]]) -> list[Suspension]:
    found, day = [], received
    for wait, lasts in pauses:
        began = day + datetime.timedelta(days=wait)
        day = began + datetime.timedelta(days=lasts)
        found.append(Suspension(began, day))
    return found


@pytest.mark.commitment("PDP-8.11")
@pytest.mark.parametrize("months", [1, 3])
def test_the_days_at_the_ends_of_months_over_twenty_years(months: int) -> None:
    """Every day from the 28th on, against the calendar itself: 29 February is the last day of a shorter month."""
    for received in (FIRST + datetime.timedelta(days=rank) for rank in range(21 * 366)):
        if received.day < 28:
            continue
        year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
        day_of_month = min(received.day, calendar.monthrange(year, month + 1)[1])
        end = Clock(received, is_extended=months == 3).due_on(received)
        assert end == last_hour(datetime.date(year, month + 1, day_of_month)), received


@pytest.mark.commitment("CGU-8.11")
@given(DAYS, PAUSES, st.booleans())
def test_days_that_run_are_those_of_the_months_whatever_the_pauses(
    received: datetime.date, pauses: list[tuple[int, int]], extended: bool
) -> None:
    """Counted one by one: each day is either one of the months' or suspended, but for what ends on a holiday."""
    suspensions = suspensions_of(received, pauses)
    whole = months_after(received, 3 if extended else 1)
    end = Clock(received, suspensions, is_extended=extended).due_on(received)
    suspended = {one.began_on + datetime.timedelta(days=rank) for one in suspensions for rank in range(one.days(end))}
    ran = [
        day
        for rank in range((end - received).days)
        if (day := received + datetime.timedelta(days=rank)) not in suspended
    ]
    moved = (end - whole).days - len(suspended)
    assert 0 <= moved <= 4
    late = {day for day in suspended if day >= end}  # a pause after the end of the delay: nobody was waiting any more
    assert len(ran) == (whole - received).days + moved + len(late)


@given(DAYS, PAUSES, st.booleans(), st.randoms(use_true_random=False))
def test_neither_the_order_of_pauses_nor_how_they_are_cut_counts(
    received: datetime.date, pauses: list[tuple[int, int]], extended: bool, chance: random.Random
) -> None:
    suspensions = suspensions_of(received, pauses)
    end = Clock(received, suspensions, is_extended=extended).due_on(received)
    cut = []
    for one in suspensions:
        middle = one.began_on + datetime.timedelta(days=chance.randint(0, one.days(one.began_on)))
        cut += [Suspension(one.began_on, middle), Suspension(middle, one.ended_on)]
    chance.shuffle(cut)
    assert Clock(received, cut, is_extended=extended).due_on(received) == end


@pytest.mark.commitment("PDP-8.11")
@given(DAYS, PAUSES)
def test_an_extension_told_on_the_last_day_is_two_months_more_and_the_next_day_is_too_late(
    received: datetime.date, pauses: list[tuple[int, int]]
) -> None:
    suspensions = suspensions_of(received, pauses)
    clock = Clock(received, suspensions)
    last = clock.first_month_ends(received)
    assert last == clock.due_on(received)
    assert clock.may_extend(last)
    assert not clock.may_extend(last + datetime.timedelta(days=1))
    extended = Clock(received, suspensions, is_extended=True)
    assert not extended.may_extend(received)
    suspended = sum(one.days(last) for one in suspensions)
    assert extended.due_on(last) == last_hour(months_after(received, 3) + datetime.timedelta(days=suspended))
    assert extended.due_on(last) > last


@given(DAYS, st.integers(0, 27), st.integers(0, 400))
def test_while_it_is_suspended_the_delay_neither_ends_nor_runs(received: datetime.date, wait: int, lasts: int) -> None:
    began = received + datetime.timedelta(days=wait)
    clock, today = Clock(received, [Suspension(began)]), began + datetime.timedelta(days=lasts)
    assert clock.is_suspended
    assert clock.days_gone(today) == clock.days_gone(began) == wait
    assert clock.due_on(today) >= today
    assert clock.may_extend(today)
    ended = Clock(received, [Suspension(began, today)])
    assert ended.due_on(today) == clock.due_on(today)  # what was shown the day before is what it becomes


@given(DAYS, st.integers(0, 60), PAUSES, st.booleans())
def test_who_writes_later_is_never_answered_sooner(
    received: datetime.date, later: int, pauses: list[tuple[int, int]], extended: bool
) -> None:
    suspensions = suspensions_of(received + datetime.timedelta(days=later), pauses)
    first = Clock(received, suspensions, is_extended=extended).due_on(received)
    second = Clock(received + datetime.timedelta(days=later), suspensions, is_extended=extended).due_on(received)
    assert first <= second


@given(DAYS, PAUSES, st.integers(0, 200))
def test_days_gone_never_go_back_and_never_pass_the_delay(
    received: datetime.date, pauses: list[tuple[int, int]], after: int
) -> None:
    today = received + datetime.timedelta(days=after)
    known = [one for one in suspensions_of(received, pauses) if one.ended_on and one.ended_on <= today]
    clock = Clock(received, known)
    assert 0 <= clock.days_gone(today) <= clock.days_gone(today + datetime.timedelta(days=1)) <= clock.days(today)
