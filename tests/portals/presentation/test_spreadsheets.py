"""Cells open in a French spreadsheet as what they are, and never as a formula."""

import datetime
from decimal import Decimal

import pytest

from portals.presentation.spreadsheets import amount_cell, date_cell, number_cell, text_cell


@pytest.mark.parametrize("text", ["=1+1", "+33612345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"])
def test_text_that_looks_like_a_formula_is_defused(text: str) -> None:
    assert text_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Dr Hervé", "Couronne, tarif libre", "M. N’Diaye - annexe"])
def test_other_text_is_left_alone(text: str) -> None:
    assert text_cell(text) == text


def test_amounts_are_numbers_even_when_negative() -> None:
    assert amount_cell(Decimal("-1234.5")) == "-1234,50"
    assert amount_cell(Decimal(9)) == "9,00"


def test_numbers_lose_their_needless_zeros() -> None:
    assert number_cell(Decimal("1.00")) == "1"
    assert number_cell(Decimal("2.50")) == "2,5"
    assert number_cell(Decimal("100")) == "100"


def test_dates_are_french_and_may_be_absent() -> None:
    assert date_cell(datetime.date(2026, 9, 4)) == "04/09/2026"
    assert date_cell(None) == ""
