"""Lines that are told, and those that are told together."""

from hypothesis import given
from hypothesis import strategies as st

from portals.anonymity.parts import LEAST, is_safe, may_be_compared, settled, together

# So many persons with the same amount, and one with another.
AMOUNTS = st.builds(
    lambda first, many, cents, more: {**dict.fromkeys(range(first, first + many), cents), first: more},
    st.integers(0, 30), st.integers(0, 25), st.integers(-50, 500), st.integers(-500, 5_000),
)  # fmt: skip
PARTS = st.dictionaries(st.sampled_from("ABCDEFG"), AMOUNTS, max_size=6)


@given(PARTS, st.sets(st.sampled_from("ABCDEFG"), max_size=2))
def test_every_line_that_is_told_is_safe_and_so_is_the_sum_of_the_others(
    parts: dict[str, dict[int, int]], given_up: set[str]
) -> None:
    rest = settled(parts, given_up & parts.keys())
    assert all(is_safe(parts[code]) for code in parts.keys() - rest)
    assert rest == parts.keys() or not rest or is_safe(together(parts[code] for code in rest))


def test_ten_persons_of_whom_one_makes_half_at_most_are_told() -> None:
    assert is_safe(dict.fromkeys(range(LEAST), 5))
    assert not is_safe(dict.fromkeys(range(LEAST - 1), 5))
    assert is_safe({**dict.fromkeys(range(10), 5), 10: 50})
    assert not is_safe({**dict.fromkeys(range(10), 5), 10: 51})
    assert not is_safe({**dict.fromkeys(range(9), 5), 10: 0})


def test_two_sets_of_persons_are_compared_when_nobody_or_ten_moved() -> None:
    assert may_be_compared(range(50), range(50))
    assert not may_be_compared(range(50), range(51))
    assert not may_be_compared(range(50), range(9, 50))
    assert may_be_compared(range(50), range(5, 55))
