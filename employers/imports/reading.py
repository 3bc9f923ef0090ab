"""Reading a file of employees, XLSX or CSV, into lines of texts in the order of `COLUMNS`. Pure.

What the browser says of the file is not believed: its first bytes tell what it is. docs/decisions/employee-files.md
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from employers.imports import spreadsheets
from employers.imports.columns import KEYS, Header, header_of
from employers.imports.errors import FileRefused
from portals.presentation.formats import NARROW, NBSP

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 5000
LONGEST = 200
"""Characters of a cell: what is beyond is cut, and the cell is then wrong for being too long."""

type Cells = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line of the file: its number as a spreadsheet shows it, and one text for each of `COLUMNS`."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Reading:
    """A file, read."""

    header: Header
    lines: tuple[Line, ...]


EMPTY = "est vide."
ONLY_TITLES = "ne contient que les titres des colonnes."
TOO_MANY = f"compte plus de 5{NARROW}000{NBSP}lignes{NBSP}: partagez-le en plusieurs fichiers."
OLD_FORMAT = (
    "est protégé par un mot de passe, ou à l’ancien format .xls. Enregistrez-le au format .xlsx, sans mot de passe."
)
OTHER_FORMAT = "n’est ni un classeur Excel (.xlsx), ni un fichier CSV."
BAD_CSV = f"n’est pas un CSV lisible{NBSP}: une cellule dépasse toute mesure, ou un guillemet n’est pas fermé."


def read(content: bytes) -> Reading:
    """The lines of a file. Raises FileRefused, whose words follow the name of the file."""
    if not content.strip():
        raise FileRefused(EMPTY)
    numbered = enumerate(_rows(content), start=1)
    header = _header(numbered)
    lines = tuple(_lines(numbered, header))
    if not lines:
        raise FileRefused(ONLY_TITLES)
    return Reading(header, lines)


def _rows(content: bytes) -> Iterator[tuple[str, ...]]:
    if content.startswith(b"PK\x03\x04"):
        return spreadsheets.rows_of(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(OLD_FORMAT)
    return _csv_rows(_decoded(content))


def _header(numbered: Iterator[tuple[int, tuple[str, ...]]]) -> Header:
    """The first line that is not blank names the columns."""
    for _, row in numbered:
        cells = [tidy(cell) for cell in row]
        if any(cells):
            return header_of(cells)
    raise FileRefused(EMPTY)


def _lines(numbered: Iterator[tuple[int, tuple[str, ...]]], header: Header) -> Iterator[Line]:
    places = [header.places.get(key, -1) for key in KEYS]
    kept = 0
    for number, row in numbered:
        width = len(row)
        cells = tuple(tidy(row[place]) if 0 <= place < width else "" for place in places)
        if not any(cells):
            continue
        kept += 1
        if kept > MAX_LINES:
            raise FileRefused(TOO_MANY)
        yield Line(number, cells)


def tidy(cell: str) -> str:
    """The text of a cell without what nobody sees: odd spaces, controls, the apostrophe that keeps text from formulas."""
    if not cell:
        return ""
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        cell = "".join(sign if sign.isprintable() else " " for sign in cell if unicodedata.category(sign) != "Cf")
    return " ".join(cell.split())[:LONGEST].removeprefix("'")


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else Windows' Latin alphabet. Raises FileRefused for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise FileRefused(OTHER_FORMAT)
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if sum(not (sign.isprintable() or sign.isspace()) for sign in text[:4000]) > 4:
            break  # a picture, a PDF, an archive
        return text
    raise FileRefused(OTHER_FORMAT)


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > spreadsheets.MAX_SCANNED:
                return
            for rank, cell in enumerate(row):
                if cell.startswith("="):
                    raise FileRefused(spreadsheets.formula_at(number, rank))
            yield tuple(row)
    except csv.Error as error:
        raise FileRefused(BAD_CSV) from error
