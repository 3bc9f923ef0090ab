import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from portals.accounts import identifiers


@pytest.mark.commitment("CGU-2.2")
def test_an_identifier_is_ten_digits_with_a_luhn_key_and_never_starts_with_zero() -> None:
    for _ in range(500):
        drawn = identifiers.draw()
        assert len(drawn) == 10 and drawn.isascii() and drawn.isdecimal() and drawn[0] != "0"
        assert luhn.is_valid(drawn) and identifiers.is_well_formed(drawn)


def test_two_draws_do_not_follow_one_another() -> None:
    drawn = [int(identifiers.draw()) for _ in range(200)]
    assert len(set(drawn)) == 200
    assert drawn != sorted(drawn)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_never_another_identifier(place: int, shift: int) -> None:
    right = identifiers.draw()
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not identifiers.is_well_formed(wrong)


@pytest.mark.parametrize("typed", ["", "123", "0000000000", "１２３４５６７８９７", "12345678970", "abcdefghij"])
def test_what_cannot_be_an_identifier(typed: str) -> None:
    assert not identifiers.is_well_formed(typed)


def test_spaces_between_digits_are_the_persons_own_business() -> None:
    assert identifiers.as_typed(" 12 3456.7897\u00a0") == "1234567897"
