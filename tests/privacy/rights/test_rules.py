"""The clock of rights requests, on the calendar of the law."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.dates import months_after
from privacy.rights.rules import Clock, Reminder, Suspension, last_hour, median, reminder_of

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


def day(text: str) -> datetime.date:
    return datetime.date(int(text[6:]), int(text[3:5]), int(text[:2]))


def due(received: str, *pauses: tuple[str, str], extended: bool = False) -> datetime.date:
    suspensions = [Suspension(day(began), day(ended)) for began, ended in pauses]
    return Clock(day(received), suspensions, is_extended=extended).due_on(day(received))


@pytest.mark.commitment("PDP-8.11")
@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("09/10/2026", "09/11/2026"),  # the same date of the next month, a Monday
        ("28/01/2027", "01/03/2027"),  # 28 February 2027 is a Sunday
        ("29/01/2027", "01/03/2027"),  # no 29 February in 2027: the 28th, a Sunday
        ("30/01/2028", "29/02/2028"),  # 2028 has a 29 February, a Tuesday
        ("31/01/2028", "29/02/2028"),
        ("29/02/2028", "29/03/2028"),
        ("31/03/2026", "30/04/2026"),  # April has 30 days
        ("30/04/2026", "01/06/2026"),  # 30 May is a Saturday
        ("01/04/2026", "04/05/2026"),  # 1 May is a public holiday, then a week-end
        ("24/11/2026", "24/12/2026"),
        ("25/11/2026", "28/12/2026"),  # Christmas, then a week-end
        ("14/06/2026", "15/07/2026"),  # the national day
        ("10/10/2026", "10/11/2026"),  # received on a Saturday: the delay runs all the same
    ],
)
def test_one_month_from_receipt(received: str, by: str) -> None:
    assert due(received) == day(by)


@pytest.mark.commitment("PDP-8.11")
@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("30/11/2026", "01/03/2027"),
        ("30/11/2027", "29/02/2028"),
        ("09/10/2026", "11/01/2027"),
        ("31/01/2026", "30/04/2026"),
    ],
)
def test_three_months_once_it_is_extended(received: str, by: str) -> None:
    assert due(received, extended=True) == day(by)


@pytest.mark.commitment("CGU-8.11")
def test_what_is_suspended_is_not_counted_and_the_last_day_is_still_a_working_day() -> None:
    assert due("09/10/2026", ("12/10/2026", "20/10/2026")) == day("17/11/2026")  # 9 November and 8 days
    assert due("09/10/2026", ("12/10/2026", "12/10/2026")) == day("09/11/2026")  # asked and received on one day
    assert due("09/10/2026", ("12/10/2026", "14/10/2026")) == day("12/11/2026")  # the 11th is a public holiday
    assert due("09/10/2026", ("12/10/2026", "14/10/2026"), ("20/10/2026", "23/10/2026")) == day("16/11/2026")


def test_a_suspension_that_lasts_moves_the_end_with_each_day() -> None:
    clock = Clock(day("09/10/2026"), [Suspension(day("12/10/2026"))])
    assert clock.is_suspended
    assert clock.due_on(day("12/10/2026")) == day("09/11/2026")
    assert clock.due_on(day("22/10/2026")) == day("19/11/2026")
    assert clock.days_gone(day("12/10/2026")) == clock.days_gone(day("22/10/2026")) == 3


@pytest.mark.commitment("PDP-8.11")
def test_an_extension_may_be_told_on_the_last_day_and_not_after() -> None:
    clock = Clock(day("29/01/2027"))  # the first month ends on Monday 1 March, as 28 February is a Sunday
    assert clock.may_extend(day("01/03/2027"))
    assert not clock.may_extend(day("02/03/2027"))
    assert not Clock(day("29/01/2027"), is_extended=True).may_extend(day("01/02/2027"))


def test_a_suspended_delay_may_still_be_extended_after_the_date_it_would_have_had() -> None:
    clock = Clock(day("09/10/2026"), [Suspension(day("12/10/2026"), day("12/11/2026"))])
    assert clock.may_extend(day("20/11/2026"))


@given(DAYS, st.booleans())
def test_the_last_day_is_a_working_day_never_before_the_month_is_over(received: datetime.date, extended: bool) -> None:
    end = Clock(received, is_extended=extended).due_on(received)
    assert end == last_hour(end)
    assert end.weekday() < 5
    assert 0 <= (end - months_after(received, 3 if extended else 1)).days <= 4


@given(DAYS, st.integers(0, 40), st.integers(0, 60))
def test_a_suspension_never_brings_the_end_forward(received: datetime.date, wait: int, days: int) -> None:
    began = received + datetime.timedelta(days=wait)
    paused = Clock(received, [Suspension(began, began + datetime.timedelta(days=days))])
    assert paused.due_on(began) >= Clock(received).due_on(began)
    assert paused.due_on(began) >= months_after(received, 1) + datetime.timedelta(days=days)


def test_reminders_at_ten_days_at_three_and_once_it_is_late() -> None:
    due_on = day("09/11/2026")
    assert reminder_of(due_on, day("29/10/2026")) is None
    assert reminder_of(due_on, day("30/10/2026")) == Reminder.FIRST
    assert reminder_of(due_on, day("06/11/2026")) == Reminder.LAST
    assert reminder_of(due_on, due_on) == Reminder.LAST
    assert reminder_of(due_on, day("10/11/2026")) == Reminder.LATE


def test_the_median() -> None:
    assert median([]) is None
    assert median([9, 3, 20]) == 9
