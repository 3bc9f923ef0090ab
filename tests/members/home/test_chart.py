"""The columns of the year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.benefits.queries import Totals
from members.home.chart import chart_of
from portals.presentation.scales import FLOOR, TOP, step_for


def month(expense: str = "0", scheme: str = "0", mutual: str = "0", other: str = "0") -> Totals:
    return Totals(1, Decimal(expense), Decimal(scheme), Decimal(mutual), Decimal(other))


EMPTY_YEAR = [month()] * 12


@pytest.mark.parametrize(
    ("highest", "step"), [("0", 1), ("3", 1), ("4.01", 2), ("787.50", 200), ("80", 20), ("800", 200), ("801", 500)]
)
def test_the_lines_are_few_and_round(highest: str, step: int) -> None:
    assert step_for(Decimal(highest)) == step


def test_a_column_is_cut_in_the_order_of_the_share_bar() -> None:
    chart = chart_of([month("100", "50", "30", "5"), *EMPTY_YEAR[1:]], current=10)
    assert [block.name for block in chart.blocks] == ["scheme", "mutual", "other", "own"]
    assert [letter.written for letter in chart.letters if letter.is_current] == ["O"]
    assert [line.written for line in chart.lines] == ["0\u202f€", "50\u202f€", "100\u202f€"]


def test_a_year_without_care_and_a_month_of_reversals_draw_no_column() -> None:
    assert chart_of(EMPTY_YEAR, current=1).blocks == ()
    assert chart_of([month("-30", "-20", "-10"), *EMPTY_YEAR[1:]], current=1).blocks == ()


@given(st.lists(st.tuples(*[st.integers(0, 500_000)] * 3), min_size=12, max_size=12))
def test_no_column_leaves_the_drawing(parts: list[tuple[int, int, int]]) -> None:
    months = [
        Totals(1, Decimal(scheme + mutual + own) / 100, Decimal(scheme) / 100, Decimal(mutual) / 100, Decimal(0))
        for scheme, mutual, own in parts
    ]
    chart = chart_of(months, current=1)
    assert len(chart.lines) <= 5
    for block in chart.blocks:
        assert TOP - 3 <= float(block.y) <= FLOOR
        assert float(block.y) + float(block.height) <= FLOOR
