"""What each type of column takes and refuses; the quick pattern and the slow reading must agree."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.feeds import numbers
from portals.feeds.columns import PLAIN, ColumnType, choice, date, decimal, flag, integer, text
from portals.feeds.errors import Unfit


def code_of(column_type: ColumnType, value: str) -> str:
    """The reject code, or "" when the value is taken."""
    try:
        column_type.read(value)
    except Unfit as unfit:
        assert value not in unfit.message or len(value) < 4, "a message quotes the value"
        return unfit.code
    return ""


@pytest.mark.parametrize("value", ["2024-02-29", "2000-02-29", "1999-12-31", "1880-01-01", "2100-12-31"])
def test_it_takes_real_days(value: str) -> None:
    assert code_of(date(), value) == ""


@pytest.mark.parametrize(
    "value",
    ["2023-02-29", "1900-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "24-01-01",
     "2024-1-1", "01/02/2024", "20240101", "2024-W01-1", "2024-01-01T00:00", " 2024-01-01", "1879-12-31", "2101-01-01",
     "٢٠٢٤-٠١-٠١"],
)  # fmt: skip
def test_it_refuses_days_that_do_not_exist_or_are_written_otherwise(value: str) -> None:
    assert code_of(date(), value) == "bad_date"


@given(st.dates() | st.text("0123456789-", max_size=11))
def test_the_pattern_of_dates_never_takes_what_reading_refuses(day: object) -> None:
    value = str(day)
    if re.fullmatch(date().pattern, value.encode()):
        assert code_of(date(), value) == ""


@pytest.mark.parametrize("value", ["0", "12.5", "12.50", "-3.10", "9999999999.99", "007"])
def test_it_takes_decimals(value: str) -> None:
    assert code_of(decimal(12, 2, signed=True), value) == ""


@pytest.mark.parametrize(
    "value", ["12,50", "1e3", "NaN", "Infinity", "12.505", "10000000000", ".5", "5.", "1 000", "+5", "--5", "٣", "0x1f"]
)
def test_it_refuses_what_a_column_of_money_cannot_hold(value: str) -> None:
    assert code_of(decimal(12, 2, signed=True), value) == "bad_number"


def test_unsigned_and_bounded_decimals_are_so() -> None:
    assert code_of(decimal(12, 2), "-1.00") == "bad_number"
    assert code_of(decimal(5, 4, highest=Decimal(1)), "1.0001") == "bad_number"
    assert code_of(decimal(9, 6, signed=True, highest=Decimal(90)), "-90.000001") == "bad_number"


def test_whole_numbers_have_a_highest() -> None:
    assert code_of(integer(99), "99") == ""
    assert [code_of(integer(99), value) for value in ("100", "-1", "1.0", "a")] == ["bad_number"] * 4


def test_choices_and_flags_take_their_words_only() -> None:
    assert code_of(choice("member", "spouse"), "Member") == "bad_choice"
    assert code_of(flag(), "true") == "bad_choice"


@pytest.mark.parametrize("letter", ["\t", "\n", "\x00", "\x1b", "\x7f", "\x80", "\x9f", "\x85"])
def test_it_refuses_control_characters(letter: str) -> None:
    assert code_of(text(20), f"a{letter}b") == "control_character"


def test_lengths_are_counted_in_characters() -> None:
    assert code_of(text(4), "œœœœ") == ""
    assert code_of(text(4), "œœœœœ") == "too_long"


def test_spaces_around_text_are_dropped() -> None:
    assert text(10).read("  Le Goff ") == "Le Goff"
    assert text(10).read("   ") == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_the_pattern_of_text_never_takes_what_reading_changes_or_refuses(value: str) -> None:
    pattern = text(8).pattern.replace(PLAIN, rb'[^\x00-\x1f\x7f";]')
    if re.fullmatch(pattern, value.encode()) and not re.search(rb"\xc2[\x80-\x9f]", value.encode()):
        assert text(8).read(value) == value


@pytest.mark.parametrize(
    "value", ["285055441091260", "279092B03300131", "2 79 09 2b 033 001 31", "185054410912314", "290067511504260"]
)
def test_it_takes_a_nir_with_its_key(value: str) -> None:
    assert numbers.nir().read(value) == value.replace(" ", "").upper()


@pytest.mark.parametrize("value", ["285055441091261", "279092C03300131", "279092A03300131", "28505544109126", "abc"])
def test_it_refuses_a_nir_with_a_wrong_key(value: str) -> None:
    assert code_of(numbers.nir(), value) == "bad_nir"


def test_it_checks_both_keys_of_an_iban() -> None:
    assert numbers.iban().read("FR14 2004 1010 0505 0001 3M02 606") == "FR1420041010050500013M02606"
    assert code_of(numbers.iban(), "FR1420041010050500013M02607") == "bad_iban"
    # The international key is right, the national one is not.
    assert code_of(numbers.iban(), "FR8820041010050500013M02605") == "bad_iban"
    assert code_of(numbers.iban(), "FR76") == "bad_iban"
    assert numbers.iban().read("BE68539007547034") == "BE68539007547034"


def test_it_checks_siret_and_rpps() -> None:
    assert code_of(numbers.siret(), "35600000000048") == ""
    assert code_of(numbers.siret(), "73282932000074") == ""
    assert code_of(numbers.siret(), "73282932000075") == "bad_siret"
    assert code_of(numbers.rpps(), "10003879623") == ""
    assert code_of(numbers.rpps(), "10003879624") == "bad_rpps"


@pytest.mark.parametrize("value", ["claire@example.org", "c.l+x@sous.domaine.example"])
def test_it_takes_the_shape_of_an_address(value: str) -> None:
    assert code_of(numbers.email(), value) == ""


@pytest.mark.parametrize("value", ["claire", "a@b", "a b@example.org", "a@@example.org", "a@example.org\n", "a@.org"])
def test_it_refuses_what_is_no_address(value: str) -> None:
    assert code_of(numbers.email(), value) == "bad_email"
