import datetime
import math

import pytest

from portals.accounts import temporary_passwords as temporary

NOON = datetime.datetime(2026, 10, 14, 12, tzinfo=datetime.UTC)


@pytest.mark.asvs("6.4.1")
def test_it_is_five_groups_of_four_readable_signs_worth_more_than_eighty_bits() -> None:
    drawn = temporary.draw()
    assert [len(group) for group in drawn.split("-")] == [4] * 5
    assert not set(drawn) & set("0O1IL5S2Z8BUV")
    assert math.log2(len(temporary.ALPHABET)) * 20 > 80
    assert len({temporary.draw() for _ in range(200)}) == 200


def test_it_is_over_at_its_very_last_instant() -> None:
    assert not temporary.is_over(NOON, NOON - datetime.timedelta(seconds=1))
    assert temporary.is_over(NOON, NOON)


def test_a_chosen_password_is_never_over() -> None:
    assert not temporary.is_over(None, NOON)
