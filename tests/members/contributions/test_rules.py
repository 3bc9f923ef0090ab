"""The schedule of a year: pure functions."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest

from members.contributions.rules import Standing, next_due, schedule, term_on

DAY = datetime.date
TODAY = DAY(2026, 10, 9)

pytestmark = pytest.mark.commitment("CGU-3.5")


@dataclass
class Term:
    valid_from: datetime.date
    amount: Decimal = Decimal("61.20")
    valid_to: datetime.date | None = None
    frequency: str = "monthly"
    day: int = 5


@dataclass
class Known:
    amount: Decimal
    state: str
    state_on: datetime.date


def test_a_year_has_one_instalment_a_month_on_its_day() -> None:
    due = schedule([Term(DAY(2025, 1, 1))], {}, year=2026, today=TODAY)
    assert [one.due_on for one in due] == [DAY(2026, month, 5) for month in range(1, 13)]
    assert [one.standing for one in due].count(Standing.COMING) == 2


@pytest.mark.parametrize(("frequency", "months"), [("quarterly", [1, 4, 7, 10]), ("yearly", [1])])
def test_other_rhythms_have_their_months(frequency: str, months: list[int]) -> None:
    due = schedule([Term(DAY(2025, 1, 1), frequency=frequency)], {}, year=2026, today=TODAY)
    assert [one.due_on.month for one in due] == months


def test_new_terms_take_over_on_their_first_day() -> None:
    terms = [Term(DAY(2025, 1, 1), valid_to=DAY(2026, 6, 30)), Term(DAY(2026, 7, 1), Decimal("65.00"))]
    due = schedule(terms, {}, year=2026, today=TODAY)
    assert [one.amount for one in due] == [Decimal("61.20")] * 6 + [Decimal("65.00")] * 6
    assert term_on(terms, DAY(2026, 7, 1)) is terms[1]


def test_what_overlaps_is_due_once_by_the_latest_terms() -> None:
    terms = [Term(DAY(2025, 1, 1)), Term(DAY(2026, 1, 1), Decimal("65.00"))]
    assert len(schedule(terms, {}, year=2026, today=TODAY)) == 12


def test_terms_that_end_leave_nothing_after_them() -> None:
    due = schedule([Term(DAY(2025, 1, 1), valid_to=DAY(2026, 3, 31))], {}, year=2026, today=TODAY)
    assert len(due) == 3
    assert next_due(due) is None


def test_what_is_known_is_told_and_what_is_not_known_is_never_called_paid() -> None:
    paid = Known(Decimal("61.20"), "paid", DAY(2026, 8, 5))
    rejected = Known(Decimal("61.20"), "rejected", DAY(2026, 9, 8))
    due = schedule([Term(DAY(2026, 8, 1))], {DAY(2026, 8, 5): paid, DAY(2026, 9, 5): rejected}, year=2026, today=TODAY)
    standings = [one.standing for one in due]
    assert standings == [Standing.PAID, Standing.REJECTED, Standing.UNTOLD, Standing.COMING, Standing.COMING]
    following = next_due(due)
    assert following is not None
    assert following.due_on == DAY(2026, 11, 5)
