"""The delays of complaints, on French working days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.correspondence.rules import (
    Clock,
    Pace,
    is_working_day,
    message_due,
    names_medical_document,
    pace,
    working_days_after,
)
from portals.dates import months_after

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


def day(text: str) -> datetime.date:
    return datetime.date(int(text[6:]), int(text[3:5]), int(text[:2]))


@pytest.mark.commitment("CGU-3.13")
@pytest.mark.parametrize(
    ("sent", "by"),
    [
        ("09/10/2026", "21/10/2026"),  # a Friday; two Sundays are not counted
        ("30/10/2026", "12/11/2026"),  # 1 November is a Sunday, 11 November a public holiday
        ("24/04/2026", "07/05/2026"),  # 1 May
        ("30/04/2026", "15/05/2026"),  # 1 May, 8 May and Ascension Day
        ("22/12/2026", "05/01/2027"),  # Christmas and the first of January
        ("26/03/2027", "08/04/2027"),  # Easter Monday
    ],
)
def test_ten_working_days(sent: str, by: str) -> None:
    assert Clock(day(sent)).acknowledge_by == day(by)


@pytest.mark.commitment("CGU-3.13")
@pytest.mark.parametrize(
    ("sent", "by"), [("09/10/2026", "09/12/2026"), ("31/12/2026", "28/02/2027"), ("31/07/2026", "30/09/2026")]
)
def test_two_months(sent: str, by: str) -> None:
    assert Clock(day(sent)).answer_by == day(by)


@given(DAYS)
def test_the_acknowledgement_always_comes_first_and_on_a_working_day(sent: datetime.date) -> None:
    clock = Clock(sent)
    assert sent < clock.acknowledge_by < clock.answer_by < clock.mediator_until
    assert is_working_day(clock.acknowledge_by)


@given(DAYS, st.integers(1, 40))
def test_working_days_add_up(start: datetime.date, count: int) -> None:
    assert working_days_after(working_days_after(start, 1), count - 1) == working_days_after(start, count)


@given(DAYS, st.integers(0, 30))
def test_months_never_skip_one(start: datetime.date, count: int) -> None:
    later = months_after(start, count)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == count
    assert later.day <= start.day


def test_a_message_of_a_saturday_evening_is_answered_on_tuesday() -> None:
    assert message_due(day("10/10/2026")) == day("13/10/2026")


def test_the_mediator_opens_after_an_answer_or_two_months_and_closes_after_a_year() -> None:
    clock = Clock(day("09/10/2026"))
    assert not clock.opens_mediator(day("09/12/2026"), is_answered=False)
    assert clock.opens_mediator(day("10/12/2026"), is_answered=False)
    assert clock.opens_mediator(day("10/10/2026"), is_answered=True)
    assert not clock.opens_mediator(day("10/10/2027"), is_answered=True)


def test_the_pace_of_a_delay() -> None:
    due = day("21/10/2026")
    assert pace(None, due) == Pace.DONE
    assert pace(due, day("17/10/2026")) == Pace.FINE
    assert pace(due, day("18/10/2026")) == Pace.NEAR
    assert pace(due, due) == Pace.NEAR
    assert pace(due, day("22/10/2026")) == Pace.LATE


@pytest.mark.parametrize("name", ["questionnaire_medical.pdf", "mon compte-rendu.jpg", "ordonnance 2.png"])
def test_a_medical_document_is_known_by_its_name(name: str) -> None:
    assert names_medical_document(name)


def test_an_invoice_is_not_medical() -> None:
    assert not names_medical_document("facture opticien.pdf")
