"""The cases of waivers: what each asks, how long it holds, when the company is reminded. Pure."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.waivers.rules import (
    RULES,
    Length,
    Rule,
    is_renewable,
    open_rules,
    optional_rules,
    problems_of,
    reminder_due,
    rule_of,
    valid_until,
)
from employers.waivers.words import Case
from portals.dates import months_after
from tests.employers.waivers.objects import plea

TODAY = datetime.date(2026, 10, 14)
SEPTEMBER = datetime.date(2026, 9, 1)
pytestmark = pytest.mark.commitment("CGU-3.18")


def rule(case: str) -> Rule:
    found = rule_of(case, TODAY)
    assert found is not None
    return found


def problems(case: str, *, is_renewal: bool = False, **changes: Any) -> dict[str, str]:
    return problems_of(
        rule(case), plea(case=case, **changes), contract_start=datetime.date(2020, 1, 1), contract_end=None, today=TODAY,
        is_renewal=is_renewal,
    )  # fmt: skip


def test_each_case_has_its_source_and_holds_today() -> None:
    assert {one.case for one in RULES if one.holds_on(TODAY)} == set(Case)
    assert all(one.source and one.wording for one in RULES)


def test_the_cases_of_the_act_are_open_only_when_the_act_provides_them() -> None:
    of_right = open_rules((), TODAY)
    assert len(of_right) == 5
    assert {one.case for one in optional_rules(TODAY)} == set(Case) - {one.case for one in of_right}
    assert Case.SEVERAL in {one.case for one in open_rules({Case.SEVERAL.value}, TODAY)}


def test_a_case_is_read_as_it_was_on_its_day() -> None:
    assert rule_of(Case.SOLIDARITY, datetime.date(2019, 10, 31)) is None
    assert rule_of(Case.SOLIDARITY, datetime.date(2019, 11, 1)) is not None


@pytest.mark.parametrize(
    ("case", "end", "fits"),
    [
        ("short", "2026-11-29", True),
        ("short", "2026-11-30", False),  # three months to the day are not less than three months
        ("term_under", "2027-08-30", True),
        ("term_under", "2027-08-31", False),
        ("term_over", "2027-08-31", True),
        ("term_over", "2027-08-30", False),
        ("individual", "2027-09-01", True),
        ("individual", "2027-09-02", False),
        ("solidarity", "2026-08-31", False),
    ],
)
def test_the_end_that_is_declared_fits_the_case(case: str, end: str, fits: bool) -> None:
    assert ("ends_on" not in problems(case, ends_on=datetime.date.fromisoformat(end))) is fits


def test_what_is_missing_or_impossible_is_said_field_by_field() -> None:
    found = problems(
        "short", informed=False, first_day=datetime.date(2019, 12, 31), written_on=datetime.date(2026, 10, 15)
    )
    assert set(found) == {"informed", "first_day", "written_on", "ends_on"}
    assert set(problems("elsewhere", first_day=datetime.date(2027, 4, 15))) == {"first_day"}


def test_who_was_hired_after_the_contract_cannot_say_they_were_there_before() -> None:
    assert set(problems("before")) == {"hired_on"}
    assert set(problems("before", hired_on=None)) == {"hired_on"}
    assert problems("before", hired_on=datetime.date(2019, 12, 31)) == {}


def test_a_renewal_does_not_prove_the_length_of_the_work_contract_again() -> None:
    end = datetime.date(2027, 8, 31)
    first_day = datetime.date(2027, 2, 1)
    assert "ends_on" in problems("term_over", ends_on=end, first_day=first_day)
    assert problems("term_over", ends_on=end, first_day=first_day, is_renewal=True) == {}


def test_a_yearly_proof_carries_a_year_and_never_beyond_the_declared_end() -> None:
    assert valid_until(rule("elsewhere"), proved_on=SEPTEMBER, ends_on=None) == datetime.date(2027, 9, 1)
    end = datetime.date(2027, 3, 31)
    assert valid_until(rule("term_over"), proved_on=SEPTEMBER, ends_on=end) == end
    assert valid_until(rule("before"), proved_on=SEPTEMBER, ends_on=None) is None
    assert valid_until(rule("before"), proved_on=SEPTEMBER, ends_on=end) is None


def test_what_ends_with_the_work_contract_is_not_renewed() -> None:
    end = datetime.date(2026, 11, 20)
    assert not is_renewable(rule("short"), end, end)
    assert is_renewable(rule("individual"), end, end)
    assert is_renewable(rule("elsewhere"), end, None)
    assert not is_renewable(rule("before"), None, None)


@pytest.mark.parametrize(("left", "due"), [(61, None), (60, 60), (16, 60), (15, 15), (0, 15), (-1, None)])
def test_the_company_is_reminded_sixty_and_fifteen_days_before(left: int, due: int | None) -> None:
    assert reminder_due(TODAY + datetime.timedelta(days=left), TODAY) == due


@given(
    st.sampled_from(RULES),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31)),
    st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2045, 12, 31)),
)
def test_no_waiver_outlives_its_proof(one: Rule, proved_on: datetime.date, ends_on: datetime.date | None) -> None:
    until = valid_until(one, proved_on=proved_on, ends_on=ends_on)
    if one.yearly:
        assert until is not None
        assert until <= months_after(proved_on, 12)
    if one.end and ends_on is not None:
        assert until is not None
        assert until <= ends_on
    if until is None:
        assert one.case == Case.BEFORE or (one.end and ends_on is None)
    assert one.length in set(Length)
