"""What may be told of an employee, and from when (CGU-3.16)."""

import datetime
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.workforce.rules import (
    NO_END,
    ContractFacts,
    Known,
    NewEmployee,
    earliest_start,
    latest_start,
    nir_contradicts,
    problems_of,
    problems_of_change,
    problems_of_end,
)
from tests.employers.workforce.objects import BORN, NIR, new

pytestmark = pytest.mark.commitment("CGU-3.16")

TODAY = datetime.date(2026, 10, 14)
CONTRACT = ContractFacts(1, "GC000001", "Ensemble du personnel", datetime.date(2020, 1, 1), None)
START = datetime.date(2026, 10, 1)


def fingerprint(nir: str) -> bytes:
    return hashlib.sha256(nir.encode()).digest()


def known(**fields: object) -> Known:
    return Known(today=TODAY, fingerprint=fingerprint, **fields)  # type: ignore[arg-type]  # maps by name


def codes(
    employee: NewEmployee,
    start: datetime.date = START,
    *,
    contract: ContractFacts = CONTRACT,
    seen: Known | None = None,
) -> list[tuple[str, str]]:
    found = problems_of(employee, contract, seen or known(), start_date=start)
    return [(problem.field, problem.code) for problem in found]


def test_a_whole_and_just_employee_has_no_problem() -> None:
    assert codes(new()) == []
    assert codes(new(nir="", email="", employee_number="", sex="")) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"family_name": " - "}, ("family_name", "required")),
        ({"given_names": ""}, ("given_names", "required")),
        ({"family_name": "x" * 81}, ("family_name", "too_long")),
        ({"given_names": "Ma<b>ëlle"}, ("given_names", "bad_text")),
        ({"birth_date": datetime.date(2015, 1, 1), "nir": ""}, ("birth_date", "bad_age")),
        ({"birth_date": datetime.date(1899, 1, 1), "nir": ""}, ("birth_date", "bad_age")),
        ({"nir": NIR[:-1] + ("1" if NIR[-1] == "0" else "0")}, ("nir", "bad_nir")),
        ({"sex": "1"}, ("nir", "contradicts")),
        ({"birth_date": datetime.date(1991, 5, 5)}, ("nir", "contradicts")),
        ({"email": "maelle@"}, ("email", "bad_email")),
        ({"employee_number": "9" * 41}, ("employee_number", "too_long")),
    ],
)
def test_each_field_says_what_is_wrong_with_it(fields: dict[str, object], problem: tuple[str, str]) -> None:
    assert codes(new(**fields)) == [problem]


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (datetime.date(2026, 7, 1), None),
        (datetime.date(2026, 6, 30), "too_old"),
        (datetime.date(2027, 4, 14), None),
        (datetime.date(2027, 4, 15), "too_far"),
        (datetime.date(2019, 12, 31), "before_contract"),
    ],
)
def test_an_affiliation_begins_at_most_three_months_back_and_six_ahead(start: datetime.date, code: str | None) -> None:
    assert codes(new(), start) == ([("start_date", code)] if code else [])


def test_nobody_is_affiliated_after_the_end_of_the_contract() -> None:
    ended = ContractFacts(1, "GC000001", "Cadres", datetime.date(2020, 1, 1), datetime.date(2026, 10, 31))
    assert codes(new(), datetime.date(2026, 11, 1), contract=ended) == [("start_date", "after_contract")]
    assert latest_start(ended, TODAY) == datetime.date(2026, 10, 31)


def test_somebody_who_is_affiliated_is_known_by_nir_by_name_and_by_number() -> None:
    employee = new()
    assert codes(employee, seen=known(nirs={fingerprint(NIR): NO_END})) == [("family_name", "already_covered")]
    assert codes(employee, seen=known(people={employee.key: NO_END})) == [("family_name", "already_covered")]
    assert codes(employee, seen=known(numbers={"M-0042": NO_END})) == [("employee_number", "duplicate_number")]
    gone = datetime.date(2026, 9, 30)
    left = known(nirs={fingerprint(NIR): gone}, people={employee.key: gone}, numbers={"M-0042": gone})
    assert codes(employee, seen=left) == []


def test_a_file_is_checked_against_itself() -> None:
    seen = known()
    seen.remember(new())
    assert codes(new(family_name="Leroux", employee_number=""), seen=seen) == [("family_name", "duplicate")]
    assert codes(new(nir="", given_names="MAELLE", family_name="Le-Roux"), seen=seen) == [("family_name", "duplicate")]
    assert codes(new(family_name="Morvan", nir=""), seen=seen) == [("employee_number", "duplicate_number")]


@pytest.mark.parametrize(
    ("last_day", "rights_end", "code"),
    [
        (datetime.date(2026, 10, 31), datetime.date(2026, 10, 31), None),
        (datetime.date(2026, 10, 15), datetime.date(2026, 10, 31), None),
        (datetime.date(2026, 10, 31), datetime.date(2026, 10, 30), "before_last_day"),
        (datetime.date(2026, 6, 30), datetime.date(2026, 6, 30), "too_old"),
        (datetime.date(2027, 4, 15), datetime.date(2027, 4, 30), "too_far"),
        (datetime.date(2019, 6, 30), datetime.date(2026, 6, 30), "before_start"),
    ],
)
def test_rights_end_with_the_employment_or_after_it(
    last_day: datetime.date, rights_end: datetime.date, code: str | None
) -> None:
    begun = datetime.date(2020, 1, 1)
    found = problems_of_end(begun, last_day=last_day, rights_end=rights_end, today=TODAY)
    assert [problem.code for problem in found] == ([code] if code else [])


def test_a_correction_is_checked_as_what_it_corrects() -> None:
    changed = {"population": "", "email": "x", "employee_number": "1"}
    found = problems_of_change(changed, number_is_taken=True)
    assert [(problem.field, problem.code) for problem in found] == [
        ("population", "required"), ("employee_number", "duplicate_number"), ("email", "bad_email"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nir", "sex", "contradicts"),
    [
        (NIR, "2", False),
        (NIR, "1", True),
        (NIR, "", False),
        ("7" + NIR[1:], "1", False),
        (NIR[:3] + "31" + NIR[5:], "2", False),
    ],
)
def test_a_nir_says_a_sex_and_a_month_of_birth(nir: str, sex: str, contradicts: bool) -> None:
    assert nir_contradicts(nir, sex=sex, birth_date=BORN) is contradicts


@given(st.dates(datetime.date(2021, 1, 1), datetime.date(2099, 12, 31)))
def test_the_bounds_hold_today_on_any_day(today: datetime.date) -> None:
    assert earliest_start(CONTRACT, today) <= today <= latest_start(CONTRACT, today)
    assert earliest_start(CONTRACT, today).day == 1
