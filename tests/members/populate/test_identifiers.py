"""Fabricated identifiers pass the checks of independent libraries."""

import datetime
from random import Random

import pytest
from schwifty import IBAN
from stdnum import luhn
from stdnum.fr import nir as french_nir
from stdnum.fr import siret as french_siret

from members.populate import identifiers

BIRTH = datetime.date(1985, 5, 17)


@pytest.mark.parametrize("department", ["44", "2A", "2B", "974", "971", "99109"])
def test_a_nir_has_the_right_key_everywhere(department: str) -> None:
    number = identifiers.nir("1", BIRTH, department, 12_345)
    assert len(number) == 15
    assert number.startswith(f"18505{department}")
    assert french_nir.is_valid(number)


def test_before_1976_corsica_is_one_department() -> None:
    assert identifiers.nir("2", datetime.date(1960, 1, 2), "2A", 1)[5:7] == "20"


def test_two_persons_of_a_large_portfolio_never_share_a_nir() -> None:
    numbers = {identifiers.nir("1", BIRTH, "44", number) for number in range(89_000)}
    assert len(numbers) == 89_000


def test_an_iban_has_both_keys() -> None:
    for number in (0, 7, 50_000_000_001, 99_999_999_999):
        assert IBAN(identifiers.iban(number), validate_bban=True).country_code == "FR"


def test_companies_and_professionals_have_valid_numbers() -> None:
    for number in (0, 1, 999, 123_456):
        assert french_siret.is_valid(identifiers.siret(number))
        assert luhn.is_valid(identifiers.rpps(number))
        assert len(identifiers.rpps(number)) == 11
        assert luhn.is_valid(identifiers.finess("2A", number))
        assert len(identifiers.finess("974", number)) == 9


def test_telephone_numbers_are_those_kept_for_fiction() -> None:
    assert identifiers.mobile(Random(1)).startswith("+3363998")
    assert identifiers.landline(42) == "+33199000042"
