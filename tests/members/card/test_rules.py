"""Rights at a date, and how long a card stays true."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.card.rules import DAY, Period, Span, changes_of, is_issuable, period_around, rights_on, span_of

D = datetime.date
DAYS = st.dates(D(2020, 1, 1), D(2030, 12, 31))


def span(start: D, end: D | None, person: int = 1) -> Span:
    return Span(person, 1, start, end)


def test_a_cover_counts_within_its_policy() -> None:
    made = span_of(person_id=1, policy_id=2, cover=(D(2024, 1, 1), None), policy=(D(2024, 3, 1), D(2025, 12, 31)))
    assert made == Span(1, 2, D(2024, 3, 1), D(2025, 12, 31))


def test_a_cover_after_the_end_of_its_policy_is_nothing() -> None:
    assert (
        span_of(person_id=1, policy_id=2, cover=(D(2026, 1, 1), None), policy=(D(2024, 3, 1), D(2025, 12, 31))) is None
    )


@pytest.mark.commitment("CGU-3.12")
def test_rights_are_open_to_the_last_day_included() -> None:
    spans = [span(D(2025, 1, 1), D(2026, 3, 31))]
    assert rights_on(spans, D(2026, 3, 31)).is_open
    closed = rights_on(spans, D(2026, 4, 1))
    assert (closed.is_open, closed.until, closed.reopens) == (False, D(2026, 3, 31), None)


def test_covers_that_follow_one_another_are_one() -> None:
    spans = [span(D(2026, 1, 1), None), span(D(2024, 1, 1), D(2025, 12, 31))]
    rights = rights_on(spans, D(2025, 6, 1))
    assert (rights.since, rights.until) == (D(2024, 1, 1), None)


def test_between_two_covers_it_says_when_rights_closed_and_reopen() -> None:
    spans = [span(D(2024, 1, 1), D(2025, 5, 31)), span(D(2025, 9, 1), None)]
    rights = rights_on(spans, D(2025, 7, 14))
    assert (rights.is_open, rights.until, rights.reopens) == (False, D(2025, 5, 31), D(2025, 9, 1))


def test_without_any_cover_nothing_is_known() -> None:
    assert rights_on([], D(2026, 1, 1)).until is None


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 900)), max_size=6), DAYS)
def test_rights_are_open_exactly_when_a_cover_runs(rows: list[tuple[D, int | None]], day: D) -> None:
    spans = [span(start, None if days is None else start + days * DAY) for start, days in rows]
    rights = rights_on(spans, day)
    assert rights.is_open == any(each.holds_on(day) for each in spans)
    if rights.is_open:
        assert rights.since is not None
        assert rights.since <= day <= (rights.until or D.max)
        assert not any(each.holds_on(rights.since - DAY) for each in spans)
        assert rights.until is None or not any(each.holds_on(rights.until + DAY) for each in spans)


def test_a_card_is_valid_for_its_calendar_year() -> None:
    assert period_around(D(2026, 10, 9), []) == Period(D(2026, 1, 1), D(2026, 12, 31))


def test_a_birth_cuts_the_year_in_two() -> None:
    changes = changes_of([span(D(2020, 1, 1), None), span(D(2026, 9, 12), None, person=2)])
    assert period_around(D(2026, 9, 11), changes) == Period(D(2026, 1, 1), D(2026, 9, 11))
    assert period_around(D(2026, 9, 12), changes) == Period(D(2026, 9, 12), D(2026, 12, 31))


def test_an_end_that_is_known_ends_the_card() -> None:
    changes = changes_of([span(D(2020, 1, 1), D(2026, 3, 31))])
    assert period_around(D(2026, 2, 1), changes).end == D(2026, 3, 31)


@given(DAYS, st.sets(DAYS, max_size=8))
def test_nothing_changes_inside_a_period_and_periods_never_overlap(day: D, changes: set[D]) -> None:
    period = period_around(day, changes)
    assert period.start <= day <= period.end
    assert not any(period.start < change <= period.end for change in changes)
    assert period_around(period.start, changes) == period_around(period.end, changes) == period


def test_next_years_card_comes_forty_five_days_before() -> None:
    period = Period(D(2027, 1, 1), D(2027, 12, 31))
    assert not is_issuable(period, D(2026, 11, 16))
    assert is_issuable(period, D(2026, 11, 17))
    assert is_issuable(period, D(2027, 12, 31))
    assert not is_issuable(period, D(2028, 1, 1))
