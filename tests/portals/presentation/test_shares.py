"""The share bar says who paid what, whatever the amounts."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portals.presentation.shares import Segment, parts_of, segments_of

amounts = st.decimals(min_value=0, max_value=100_000, places=2)


def bar(scheme: str, mutual: str, own: str, other: str = "0") -> tuple[Segment, ...]:
    return segments_of(parts_of(Decimal(scheme), Decimal(mutual), Decimal(own), Decimal(other)))


def test_it_draws_the_parts_in_order_with_a_gap_after_each_but_the_last() -> None:
    drawn = [(segment.part.name, segment.x, segment.width) for segment in bar("40", "36", "9")]
    assert drawn == [("scheme", "0%", "46.66%"), ("mutual", "47.06%", "41.95%"), ("own", "89.41%", "10.59%")]


def test_a_part_that_pays_nothing_is_not_drawn() -> None:
    assert [segment.part.name for segment in bar("0", "50", "10")] == ["mutual", "own"]
    assert [(segment.x, segment.width) for segment in bar("0", "50", "0")] == [("0%", "100%")]


def test_nothing_to_share_draws_nothing() -> None:
    assert bar("0", "0", "0") == ()


def test_a_reversal_is_drawn_like_what_it_cancels() -> None:
    original, reversal = bar("21", "9", "2"), bar("-21", "-9", "-2")
    assert [(s.x, s.width) for s in original] == [(s.x, s.width) for s in reversal]


def test_other_bodies_appear_only_when_they_pay() -> None:
    usual = parts_of(Decimal(1), Decimal(1), Decimal(1))
    assert [part.label for part in usual] == ["Régime obligatoire", "Mutuelle", "Vous"]
    assert [segment.part.name for segment in bar("40", "31", "9", "5")] == ["scheme", "mutual", "other", "own"]


@given(amounts, amounts, amounts, amounts)
def test_parts_never_overlap_nor_leave_the_bar(scheme: Decimal, mutual: Decimal, own: Decimal, other: Decimal) -> None:
    end = 0.0
    for segment in segments_of(parts_of(scheme, mutual, own, other)):
        x, width = float(segment.x.rstrip("%")), float(segment.width.rstrip("%"))
        assert x >= end - 0.011
        assert width >= 0
        end = x + width
        assert end <= 100.011
