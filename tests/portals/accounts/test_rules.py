import datetime

import pytest

from portals.accounts.rules import Access, Step, access_given_by, missing_step, two_years_after

TODAY = datetime.date(2027, 3, 31)


@pytest.mark.commitment("CGU-1.6")
@pytest.mark.parametrize(
    ("must_choose", "without_factor", "accepted", "validated", "step"),
    [
        (True, True, False, False, Step.PASSWORD),
        (True, False, True, False, Step.PASSWORD),
        (False, True, False, False, Step.SECOND_FACTOR),
        (False, True, True, True, Step.SECOND_FACTOR),
        (False, False, False, False, Step.TERMS),
        (False, False, False, True, Step.TERMS),
        (False, False, True, False, Step.VALIDATION),
        (False, False, True, True, None),
    ],
)
def test_the_first_missing_step_comes_first(
    must_choose: bool, without_factor: bool, accepted: bool, validated: bool, step: Step | None
) -> None:
    missing = missing_step(
        must_choose_password=must_choose,
        second_factor_missing=without_factor,
        terms_accepted=accepted,
        validated=validated,
    )
    assert missing == step


def ended(last_day: datetime.date, *, closes_on: datetime.date) -> Access:
    return Access(is_open=closes_on > TODAY, ended_on=last_day, closes_on=closes_on)


def test_two_years_after_a_leap_day() -> None:
    assert two_years_after(datetime.date(2024, 2, 29)) == datetime.date(2026, 3, 1)


@pytest.mark.commitment("CGU-7.3", "CGU-7.4")
@pytest.mark.parametrize(
    ("ends", "access"),
    [
        ([], Access(is_open=False)),
        ([None], Access(is_open=True)),
        ([datetime.date(2020, 1, 1), None], Access(is_open=True)),
        ([TODAY], ended(TODAY, closes_on=datetime.date(2029, 3, 31))),
        ([datetime.date(2025, 4, 1)], ended(datetime.date(2025, 4, 1), closes_on=datetime.date(2027, 4, 1))),
        ([datetime.date(2025, 3, 31)], ended(datetime.date(2025, 3, 31), closes_on=TODAY)),
        (
            [datetime.date(2019, 1, 1), datetime.date(2026, 5, 1)],
            ended(datetime.date(2026, 5, 1), closes_on=datetime.date(2028, 5, 1)),
        ),
    ],
)
def test_access_lasts_two_years_after_the_latest_end(ends: list[datetime.date | None], access: Access) -> None:
    assert access_given_by(ends, TODAY) == access
