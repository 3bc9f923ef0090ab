"""The lines that no practice crosses, each with its figure."""

import datetime

import pytest

from providers.rights.rules import (
    PARIS,
    Pattern,
    Recent,
    is_far_from_habit,
    night_of,
    pattern_of,
    reference_of,
    seconds_to_midnight,
)

pytestmark = pytest.mark.commitment("PDP-7.6")


@pytest.mark.parametrize(
    ("below", "reached", "pattern"),
    [
        ({"misses_in_ten_minutes": 9}, {"misses_in_ten_minutes": 10}, Pattern.MISSES_AT_ONCE),
        ({"misses_today": 29}, {"misses_today": 30}, Pattern.MISSES_IN_A_DAY),
        ({"misses_in_seven_days": 59}, {"misses_in_seven_days": 60}, Pattern.MISSES_IN_A_WEEK),
        ({"dates_for_the_number": 4}, {"dates_for_the_number": 5}, Pattern.DATES_TRIED),
        ({"numbers_for_the_date": 9}, {"numbers_for_the_date": 10}, Pattern.NUMBERS_TRIED),
        ({"lookups_in_ten_minutes": 99}, {"lookups_in_ten_minutes": 100}, Pattern.BURST),
        ({"lookups_this_night": 20}, {"lookups_this_night": 21}, Pattern.NIGHT),
    ],
)
def test_each_line_is_crossed_at_its_figure_and_not_before(
    below: dict[str, int], reached: dict[str, int], pattern: Pattern
) -> None:
    assert pattern_of(Recent(**below)) is None
    assert pattern_of(Recent(**reached)) == pattern


@pytest.mark.parametrize(
    ("today", "habit", "expected"),
    [
        (60, [1] * 14, False),
        (61, [15] * 14, True),
        (61, [16] * 14, False),
        (161, [], True),
        (160, [], False),
        (161, [5, 5], True),
        (300, [80] * 10, False),
    ],
)
def test_a_volume_is_unusual_against_the_practice_s_own_habit(today: int, habit: list[int], expected: bool) -> None:
    assert is_far_from_habit(today, habit) is expected


@pytest.mark.parametrize(("hour", "night"), [(21, None), (22, 9), (23, 9), (0, 8), (5, 8), (6, None), (12, None)])
def test_a_night_goes_from_22_h_to_6_h_in_paris(hour: int, night: int | None) -> None:
    began = night_of(datetime.datetime(2026, 10, 9, hour, 30, tzinfo=PARIS))
    assert began == (datetime.datetime(2026, 10, night, 22, tzinfo=PARIS) if night else None)


def test_the_day_s_count_begins_again_at_midnight_in_paris() -> None:
    assert seconds_to_midnight(datetime.datetime(2026, 10, 9, 21, 0, tzinfo=datetime.UTC)) == 3600


def test_an_answer_has_the_number_of_its_day() -> None:
    assert reference_of(datetime.date(2026, 10, 9), 42) == "V-261009-0042"


def test_a_question_about_to_be_asked_counts_and_a_miss_counts_everywhere() -> None:
    assert Recent().after(is_found=True) == Recent(1, 1, 1)
    assert Recent().after(is_found=False) == Recent(1, 1, 1, 1, 1, 1, 1, 1)
    assert pattern_of(Recent(dates_for_the_number=4).after(is_found=False)) == Pattern.DATES_TRIED
    assert pattern_of(Recent(dates_for_the_number=4).after(is_found=True)) is None
