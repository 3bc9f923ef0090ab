"""What leaving for a reason brings about, by dates alone (CGU-3.15, articles L. 911-8 and Evin 4)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from employers.terminations.rules import GROUNDS, OPENS_BENEFIT, DatesRefused, Departure, consequences
from employers.terminations.words import Reason
from members.portability.words import Ground

pytestmark = pytest.mark.commitment("CGU-3.15")

D = datetime.date
TODAY = D(2026, 10, 14)
SINCE = D(2025, 9, 1)
LAST = D(2026, 10, 31)


@pytest.mark.parametrize(
    ("reason", "months", "ground"),
    [
        (Reason.RESIGNATION, 0, None),
        (Reason.JUSTIFIED_RESIGNATION, 12, Ground.UNEMPLOYED),
        (Reason.DISMISSAL, 12, Ground.UNEMPLOYED),
        (Reason.GROSS_MISCONDUCT, 0, Ground.UNEMPLOYED),
        (Reason.AGREEMENT, 12, Ground.UNEMPLOYED),
        (Reason.FIXED_TERM, 12, Ground.UNEMPLOYED),
        (Reason.APPRENTICESHIP, 12, Ground.UNEMPLOYED),
        (Reason.TRIAL_BY_EMPLOYER, 12, Ground.UNEMPLOYED),
        (Reason.TRIAL_BY_EMPLOYEE, 0, None),
        (Reason.RETIREMENT, 0, Ground.RETIRED),
        (Reason.DEATH, 0, Ground.BEREAVED),
    ],
)
def test_each_way_of_leaving_after_fourteen_months(reason: Reason, months: int, ground: Ground | None) -> None:
    told = consequences(Departure(reason, LAST, SINCE), today=LAST)
    assert (told.rights.months, told.ground) == (months, ground)
    assert told.rights.rights_end == (D(2027, 10, 31) if months else LAST)
    assert (told.offer is None) == (ground is None)
    assert (told.proof_due_on is None) == (months == 0)


def test_every_reason_is_sorted() -> None:
    assert {*OPENS_BENEFIT, *GROUNDS} | {Reason.RESIGNATION, Reason.TRIAL_BY_EMPLOYEE} == set(Reason)


def test_rights_run_to_the_end_of_a_notice_that_is_not_worked() -> None:
    told = consequences(Departure(Reason.DISMISSAL, D(2026, 10, 20), D(2026, 9, 1), D(2026, 11, 20)), today=TODAY)
    assert told.rights.contract_end == D(2026, 11, 20)
    assert told.rights.starts_on == D(2026, 11, 21)
    assert told.rights.months == 3  # the notice counts in the length of the contract


def test_whoever_had_a_waiver_has_nothing_to_keep() -> None:
    told = consequences(Departure(Reason.DISMISSAL, LAST, SINCE), today=TODAY, is_covered=False)
    assert (told.has_portability, told.ground, told.offer) == (False, None, None)


@pytest.mark.parametrize(
    ("departure", "field"),
    [
        (Departure(Reason.DISMISSAL, LAST, LAST + datetime.timedelta(days=1)), "employed_since"),
        (Departure(Reason.DISMISSAL, LAST, SINCE, LAST - datetime.timedelta(days=1)), "notice_until"),
        (Departure(Reason.DEATH, LAST, SINCE), "last_day"),
    ],
)
def test_dates_that_contradict_one_another_are_refused_where_they_are(departure: Departure, field: str) -> None:
    with pytest.raises(DatesRefused) as refused:
        consequences(departure, today=TODAY)
    assert refused.value.field == field


@given(some.sampled_from(Reason), some.integers(0, 5000), some.integers(0, 200))
def test_rights_never_end_before_the_contract_and_never_a_year_after(reason: Reason, length: int, notice: int) -> None:
    until = LAST + datetime.timedelta(days=notice)
    told = consequences(Departure(reason, LAST, LAST - datetime.timedelta(days=length), until), today=LAST)
    assert until <= told.rights.rights_end <= until + datetime.timedelta(days=367)
    assert told.has_portability == (reason in OPENS_BENEFIT)
