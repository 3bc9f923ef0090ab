"""Files of employees: everybody in them is fictitious, and their NIR pass every check."""

import csv
import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from employers.imports.columns import COLUMNS, KEYS
from members.populate.identifiers import nir

FIRST_DAY = datetime.date(2026, 11, 2)
"""Of the employees in the files, for tests that stand in October 2026."""
FAMILY_NAMES = ("Abgrall", "Cariou", "Diallo", "Kerbrat", "Le Roux", "Morvan", "Nguyen", "Prigent", "Sissoko", "Tanguy")
GIVEN_NAMES = ("Aminata", "Erwan", "Gaëlle", "Kévin", "Maëlle", "Mariam", "Solène", "Thomas")

type Row = dict[str, object]


def employee(number: int, **fields: object) -> Row:
    """The employee of a rank, from 0: no two ranks under 89 000 give the same person."""
    born = datetime.date(1970, 1, 1) + datetime.timedelta(days=37 * number % 11_000)
    sex = "2" if number % 2 else "1"
    return {
        "employee_number": f"M{number:05d}",
        "family_name": f"{FAMILY_NAMES[number % 10]} {_letters(number // 80)}".strip(),
        "given_names": GIVEN_NAMES[number % 8],
        "sex": "F" if sex == "2" else "M",
        "birth_date": born,
        "nir": nir(sex, born, "56", number),
        "email": f"salarie{number}@example.org",
        "start_date": FIRST_DAY,
        "contract": "",
        "population": "",
        **fields,
    }


def _letters(number: int) -> str:
    """A second name made of letters: `Aa`, `Ba`… nothing for 0."""
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)
    return letters.capitalize()


def employees(count: int, start: int = 0) -> list[Row]:
    return [employee(number) for number in range(start, start + count)]


def xlsx(rows: Sequence[Mapping[str, object]], titles: Sequence[str] | None = None) -> bytes:
    """A workbook with one sheet: a line of titles, then the rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Salariés")
    page.append(list(titles or [column.heading for column in COLUMNS]))
    for row in rows:
        page.append([row.get(key, "") for key in KEYS])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(rows: Sequence[Mapping[str, object]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The same as CSV, dates as a French spreadsheet writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([column.heading for column in COLUMNS])
    for row in rows:
        writer.writerow([_typed(row.get(key, "")) for key in KEYS])
    return text.getvalue().encode(encoding)


def _typed(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)


def sheet_of(content: bytes) -> Any:
    """The first sheet of a workbook, as openpyxl opens it for writing."""
    return load_workbook(io.BytesIO(content)).worksheets[0]


def saved(page: Any) -> bytes:
    """The workbook of that sheet."""
    content = io.BytesIO()
    page.parent.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one more part in its archive, or another one in place of that part."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info.filename))
        new.writestr(name, part)
    return written.getvalue()
