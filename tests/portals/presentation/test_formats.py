"""Figures and dates are written as a French reader expects them, and never break over a line."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.presentation import formats


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1234.56"), "1\u202f234,56\u202f€"),
        (Decimal("1234567.8"), "1\u202f234\u202f567,80\u202f€"),
        (Decimal("0"), "0,00\u202f€"),
        (Decimal("-0.004"), "0,00\u202f€"),
        (Decimal("-42"), "\u2212\u202f42,00\u202f€"),
        (Decimal("0.005"), "0,01\u202f€"),
        (36, "36,00\u202f€"),
        (None, "–"),
    ],
)
def test_it_writes_amounts_with_a_comma_thin_spaces_and_a_true_minus(amount: Decimal | None, written: str) -> None:
    assert formats.euros(amount) == written


@given(st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2))
def test_a_written_amount_reads_back_to_the_same_amount(amount: Decimal) -> None:
    written = formats.euros(amount).removesuffix("\u202f€")
    read = Decimal(written.replace("\u202f", "").replace("\u2212", "-").replace(",", "."))
    assert read == amount
    assert " " not in written


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        ("0.70", "70\u202f%"),
        ("1.30", "130\u202f%"),
        ("0.655", "65,5\u202f%"),
        ("0", "0\u202f%"),
        ("10", "1\u202f000\u202f%"),
    ],
)
def test_it_writes_rates_in_percent(rate: str, written: str) -> None:
    assert formats.percent(Decimal(rate)) == written


def test_an_absent_rate_or_date_is_a_dash() -> None:
    assert formats.percent(None) == formats.long_date(None) == formats.short_date(None) == "–"


def test_it_writes_dates_in_words_for_sentences_and_in_figures_for_tables() -> None:
    day = date(2026, 10, 14)
    assert formats.long_date(day) == "14\u00a0octobre\u00a02026"
    assert formats.day_month(day) == "14\u00a0octobre"
    assert formats.weekday_date(day) == "mercredi\u00a014\u00a0octobre"
    assert formats.short_date(day) == "14/10/2026"
    assert formats.month_name(day) == "octobre\u00a02026"


def test_the_first_of_the_month_is_ordinal_in_words_only() -> None:
    assert formats.long_date(date(2026, 8, 1)) == "1er\u00a0août\u00a02026"
    assert formats.short_date(date(2026, 8, 1)) == "01/08/2026"


def test_an_instant_is_written_on_the_day_and_hour_of_paris() -> None:
    late = datetime(2026, 10, 13, 22, 4, tzinfo=UTC)
    assert formats.long_date(late) == "14\u00a0octobre\u00a02026"
    assert formats.clock_time(late) == "0\u00a0h\u00a004"
    assert formats.full_instant(late) == "14\u00a0octobre\u00a02026 à 0\u00a0h\u00a004"


@pytest.mark.parametrize(
    ("month", "words"), [(10, "d’octobre 2026"), (8, "d’août 2026"), (4, "d’avril 2026"), (3, "de mars 2026")]
)
def test_a_month_completes_a_noun_with_its_elision(month: int, words: str) -> None:
    assert formats.of_month(date(2026, month, 1)).replace("\u00a0", " ") == words
