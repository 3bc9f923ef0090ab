"""What is promised of an invoice, how old it is, what its lines add up to, the states it went through."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.payments import PaymentPromises
from portals.presentation.formats import NBSP
from providers.invoices.models import OpeningDay
from providers.invoices.opening import opening_days_after, opening_days_between, ranks
from providers.invoices.rules import (
    Difference,
    LineSums,
    counted_days,
    delay_of,
    differences,
    slices,
    steps_of,
    sums_of,
)

PROMISES = PaymentPromises(teletransmitted=4, paper=30)
THURSDAY = datetime.date(2026, 10, 29)  # before All Saints' Day, a Sunday, and Armistice Day, a Wednesday


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-10-05", "2026-10-09"),  # Monday to Friday
        ("2026-10-02", "2026-10-08"),  # Friday: the week-end does not count
        ("2026-11-06", "2026-11-13"),  # over 11 November
        ("2026-12-23", "2026-12-30"),  # over Christmas
    ],
)
def test_a_teletransmitted_invoice_is_promised_in_four_opening_days(received: str, due: str) -> None:
    assert delay_of("DRE", day(received), day(received), PROMISES).due_on == day(due)


def test_a_paper_invoice_is_promised_in_thirty_days() -> None:
    delay = delay_of("PAPER", day("2026-10-05"), day("2026-11-06"), PROMISES)
    assert (delay.due_on, delay.counted, delay.late_days) == (day("2026-11-04"), 32, 2)
    assert (delay.words, delay.promised_words) == (f"32{NBSP}jours", f"30{NBSP}jours")


def test_a_delay_is_late_the_day_after_the_promise_and_not_before() -> None:
    assert not delay_of("DRE", THURSDAY, day("2026-11-04"), PROMISES).is_late
    late = delay_of("DRE", THURSDAY, day("2026-11-05"), PROMISES)
    assert (late.counted, late.late_words) == (5, f"1{NBSP}jour ouvré")
    assert counted_days(1, "PAPER") == f"1{NBSP}jour"


@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
    st.integers(min_value=0, max_value=60),
)
def test_opening_days_are_counted_back_as_they_were_counted_forth(start: datetime.date, count: int) -> None:
    assert opening_days_between(start, opening_days_after(start, count)) == count
    assert opening_days_between(start, start - datetime.timedelta(days=count)) == 0


@pytest.mark.django_db
def test_the_calendar_of_the_database_is_that_of_the_rules() -> None:
    assert dict(OpeningDay.objects.values_list("day", "rank")) == dict(ranks())


@dataclass
class Line:
    expense: Decimal
    scheme_amount: Decimal
    mutual_amount: Decimal


def test_lines_that_do_not_add_up_are_told_one_by_one() -> None:
    lines = [Line(Decimal(30), Decimal(21), Decimal(9)), Line(Decimal(20), Decimal(14), Decimal("6.01"))]
    sums = sums_of(lines)
    assert sums == LineSums(Decimal(50), Decimal(35), Decimal("15.01"))
    found = differences(sums, total=Decimal(50), scheme_part=Decimal(35), mutual_part=Decimal(15))
    assert found == [Difference("la part de la mutuelle", Decimal("15.01"), Decimal(15))]


def test_the_states_of_an_invoice_follow_one_another_and_what_did_not_change_is_not_told() -> None:
    past = [("received", day("2026-10-05")), ("checking", day("2026-10-06")), ("checking", day("2026-10-07"))]
    steps = steps_of("paid", received_on=day("2026-10-02"), paid_on=day("2026-10-08"), past=past)
    assert [(step.since, step.status) for step in steps] == [
        (day("2026-10-02"), "received"),
        (day("2026-10-05"), "checking"),
        (day("2026-10-08"), "paid"),
    ]


def test_an_invoice_that_never_changed_has_one_state() -> None:
    (step,) = steps_of("received", received_on=day("2026-10-02"), paid_on=None, past=[])
    assert (step.since, step.label) == (day("2026-10-02"), "Reçue")


def test_a_state_that_the_first_file_already_said_has_no_day_that_anybody_knows() -> None:
    steps = steps_of("rejected", received_on=day("2026-10-02"), paid_on=None, past=[])
    assert [(step.since, step.status) for step in steps] == [(day("2026-10-02"), "received"), (None, "rejected")]


BOUNDS = st.none() | st.dates(datetime.date(2025, 10, 1), datetime.date(2026, 3, 31))


@given(BOUNDS, BOUNDS, st.dates(datetime.date(2025, 9, 1), datetime.date(2026, 4, 30)))
def test_the_slices_of_an_interval_count_each_of_its_days_once(
    start: datetime.date | None, end: datetime.date | None, one: datetime.date
) -> None:
    if start and end and start > end:
        start, end = end, start
    is_inside = (start is None or start <= one) and (end is None or one <= end)
    period = {"day": one, "month": one.replace(day=1)}
    found = [
        kept
        for kept in slices(start, end)
        if (kept.start is None or kept.start <= period[kept.grain])
        and (kept.past is None or period[kept.grain] < kept.past)
    ]
    assert len(found) == is_inside
