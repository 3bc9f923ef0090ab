"""Cells of the CSV files that people open in a French spreadsheet. Pure.

`;` between cells, a byte order mark, decimal commas: Excel then opens the file with a double click.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

DELIMITER = ";"
ENCODING = "utf-8-sig"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like a formula is quoted with an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


def amount_cell(amount: Decimal) -> str:
    """An amount in euros as a number of a French spreadsheet, `-1234,56`: a plain minus sign, no grouping."""
    return f"{amount:.2f}".replace(".", ",")


def number_cell(number: Decimal) -> str:
    """A number without needless zeros, `1` or `2,5`."""
    written = f"{number:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written).replace(".", ",")


def date_cell(day: datetime.date | None) -> str:
    """`24/09/2026`; nothing for an absent date."""
    return f"{day:%d/%m/%Y}" if day else ""


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A whole small file. The cells are made by the functions above."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(ENCODING)
