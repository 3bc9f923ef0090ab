import datetime

import pytest

from portals.accounts.rules import Access, Step, access_given_by, missing_step, two_years_after

TODAY = datetime.date(2027, 3, 31)


@pytest.mark.commitment("CGU-1.6")
@pytest.mark.parametrize(
    ("must_choose", "accepted", "validated", "step"),
    [
        (True, False, False, Step.PASSWORD),
        (True, True, False, Step.PASSWORD),
        (False, False, False, Step.TERMS),
        (False, False, True, Step.TERMS),
        (False, True, False, Step.VALIDATION),
        (False, True, True, None),
    ],
)
def test_the_first_missing_step_comes_first(
    must_choose: bool, accepted: bool, validated: bool, step: Step | None
) -> None:
    assert missing_step(must_choose_password=must_choose, terms_accepted=accepted, validated=validated) == step


def test_two_years_after_a_leap_day() -> None:
    assert two_years_after(datetime.date(2024, 2, 29)) == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("ends", "access"),
    [
        ([], Access(is_open=False)),
        ([None], Access(is_open=True)),
        ([datetime.date(2020, 1, 1), None], Access(is_open=True)),
        ([TODAY], Access(is_open=True)),
        ([datetime.date(2025, 3, 31)], Access(is_open=True, until=TODAY)),
        ([datetime.date(2025, 3, 30)], Access(is_open=False)),
        ([datetime.date(2019, 1, 1), datetime.date(2026, 5, 1)], Access(is_open=True, until=datetime.date(2028, 5, 1))),
    ],
)
def test_access_lasts_two_years_after_the_latest_end(ends: list[datetime.date | None], access: Access) -> None:
    assert access_given_by(ends, TODAY) == access
