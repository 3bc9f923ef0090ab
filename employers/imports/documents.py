"""Files that leave: the model to fill, as XLSX and CSV, and the lines that remain to be corrected."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from employers.imports.columns import COLUMNS, RANK, letter_of
from employers.imports.reading import MAX_LINES
from employers.imports.rules import Checked, Populations
from employers.imports.spreadsheets import SHEET
from portals.presentation.formats import NARROW, NBSP
from portals.presentation.spreadsheets import sheet as csv_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INK, TINT = "FF37428F", "FFE9EBF7"
WIDTHS = {"email": 32, "nir": 24, "family_name": 20, "given_names": 20, "population": 22}
AS_TEXT = frozenset({"employee_number", "nir", "contract"})
LAST = MAX_LINES + 1
NOTES = (
    f"Une ligne par salarié, 5{NARROW}000 au plus. Les colonnes marquées * sont nécessaires.",
    "L’ordre des colonnes est libre. N’écrivez pas de formule\u00a0: collez les valeurs.",
    "Seule la feuille «\u00a0Salariés\u00a0» est lue. Rien n’est enregistré avant que vous l’ayez relue à l’écran.",
    "N’indiquez ni ayants droit, ni IBAN\u00a0: chaque salarié les déclare lui-même, et vous ne les voyez pas.",
)


def model_xlsx(populations: Populations) -> bytes:
    """The workbook to fill: lists of the company's own populations and contracts, examples and notes on other sheets."""
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError(page)
    page.title = SHEET
    _titles(page, [_heading(column.heading, needed=column.needed) for column in COLUMNS])
    for column in COLUMNS:
        letter = letter_of(RANK[column.key])
        for row in page[f"{letter}2:{letter}{LAST_SHAPED}"]:
            row[0].number_format = _shape(column.key)
    _lists(book, page, populations)
    _examples(book, populations)
    _notes(book)
    return _written(book)


def model_csv() -> bytes:
    """The same titles for payroll software: no example, which could be taken for an employee."""
    return csv_sheet([column.heading for column in COLUMNS], [])


def wrong_xlsx(wrong: Sequence[Checked]) -> bytes:
    """The lines to correct, as they were read, and why. Corrected, the workbook can be sent as any other."""
    book = Workbook()
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError(page)
    page.title = SHEET
    _titles(page, [*(column.heading for column in COLUMNS), "Ligne du fichier", "À corriger"])
    for rank, checked in enumerate(wrong, start=2):
        why = " ".join(f"{flaw.title}\u00a0: {flaw.why}" for flaw in checked.flaws)
        for place, text in enumerate((*checked.line.cells, str(checked.line.number), why), start=1):
            _write(page.cell(rank, place), text)
        for flaw in checked.flaws:
            page.cell(rank, RANK[flaw.key] + 1).fill = PatternFill("solid", fgColor="FFF7DDD9")
    page.column_dimensions[letter_of(len(COLUMNS) + 1)].width = 90
    return _written(book)


LAST_SHAPED = 200
"""Rows whose cells are shaped beforehand; a spreadsheet carries the shape on to the next ones."""


def _shape(key: str) -> str:
    if key in AS_TEXT:
        return "@"
    return "DD/MM/YYYY" if key.endswith("_date") else "General"


def _heading(name: str, *, needed: bool) -> str:
    return f"{name}{NBSP}*" if needed else name


def _titles(page: Worksheet, headings: Sequence[str]) -> None:
    for place, heading in enumerate(headings, start=1):
        cell = page.cell(1, place, heading)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=INK)
        cell.alignment = Alignment(vertical="center")
    for column in COLUMNS:
        page.column_dimensions[letter_of(RANK[column.key])].width = WIDTHS.get(column.key, 18)
    page.row_dimensions[1].height = 24
    page.freeze_panes = "A2"


def _lists(book: Workbook, page: Worksheet, populations: Populations) -> None:
    """Choices of a column, kept on a sheet of their own: a name of population may hold a comma."""
    source = book.create_sheet("Listes")
    source.sheet_state = "hidden"
    choices = {
        "sex": ("F", "M"),
        "population": populations.names,
        "contract": tuple(contract.number for contract in populations.contracts),
    }
    for place, (key, values) in enumerate(choices.items(), start=1):
        for rank, value in enumerate(values, start=1):
            _write(source.cell(rank, place), value)
        if not values:
            continue
        letter = letter_of(place - 1)
        area = f"{quote_sheetname('Listes')}!${letter}$1:${letter}${len(values)}"
        book.defined_names[f"liste_{key}"] = DefinedName(f"liste_{key}", attr_text=area)
        rule = DataValidation(type="list", formula1=f"=liste_{key}", allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Choix inconnu", "Choisissez dans la liste, ou laissez vide."
        column = letter_of(RANK[key])
        rule.add(f"{column}2:{column}{LAST}")
        page.add_data_validation(rule)


def _examples(book: Workbook, populations: Populations) -> None:
    page = book.create_sheet("Exemples")
    _titles(page, [_heading(column.heading, needed=column.needed) for column in COLUMNS])
    population = populations.names[-1] if populations.names else ""
    told = {column.key: column.example for column in COLUMNS} | {"population": population}
    other = told | {
        "employee_number": "A0418", "family_name": "Nguyen", "given_names": "Thomas", "sex": "M",
        "birth_date": "03/09/1987", "nir": "", "email": "", "start_date": "09/11/2026",
    }  # fmt: skip
    for rank, example in enumerate((told, other), start=2):
        for key, text in example.items():
            _write(page.cell(rank, RANK[key] + 1), text)


def _notes(book: Workbook) -> None:
    page = book.create_sheet("Notice")
    for rank, note in enumerate(NOTES, start=1):
        _write(page.cell(rank, 1), note)
    start = len(NOTES) + 2
    for place, heading in enumerate(("Colonne", "Nécessaire", "Ce qu’il faut écrire", "Exemple"), start=1):
        cell = page.cell(start, place, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=TINT)
    for rank, column in enumerate(COLUMNS, start=start + 1):
        for place, text in enumerate(
            (column.heading, "oui" if column.needed else "non", column.note, column.example), start=1
        ):
            _write(page.cell(rank, place), text)
    for letter, width in zip("ABCD", (24, 14, 70, 34), strict=True):
        page.column_dimensions[letter].width = width


def _write(cell: object, text: str) -> None:
    """Text, and never a formula, whatever it begins with."""
    if isinstance(cell, Cell):
        cell.value = text
        cell.data_type = "s"


def _written(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
