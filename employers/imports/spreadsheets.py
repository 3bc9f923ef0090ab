"""Reading an XLSX that somebody sent: looked at as an archive first, then cell by cell. Pure, but for the file's bytes.

Refused with words for the person: what opens nothing (a password, another format), what acts (macros, links to other
files, embedded objects), what would fill the memory, and formulas, since what they show may differ from what they say.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from employers.imports.columns import letter_of
from employers.imports.errors import FileRefused
from portals.presentation.formats import NARROW, NBSP

MAX_UNPACKED = 40_000_000
"""Bytes: ten times what 5 000 lines weigh once unpacked."""
MAX_PARTS = 300
ENCRYPTED = 0x1
"""The bit of a part that nobody reads without a password."""
MAX_COLUMNS = 60
MAX_SCANNED = 20_000
"""Lines looked at, blank ones included: a sheet may claim a million."""
SHEET = "Salariés"
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
EXTERNAL = re.compile(rb'<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>', re.IGNORECASE)
ACTIVE_PARTS = ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/", "customui/")

DAMAGED = "est abîmé, ou n’est pas un classeur Excel. Enregistrez-le à nouveau au format .xlsx, ou en CSV."
MACROS = f"contient des macros. Enregistrez-le au format «{NBSP}Classeur Excel (.xlsx){NBSP}», sans macro."
LINKS = f"contient des liens vers d’autres classeurs. Copiez-le, puis collez «{NBSP}valeurs seulement{NBSP}»."
OBJECTS = "contient des objets incorporés. Supprimez-les, ou reprenez notre modèle."
TOO_BIG = (
    f"est trop gros une fois ouvert{NBSP}: gardez une seule feuille, sans image, de 5{NARROW}000{NBSP}lignes au plus."
)
NO_SHEET = "ne contient aucune feuille de calcul."


def rows_of(content: bytes) -> Iterator[tuple[str, ...]]:
    """The lines of the sheet of employees, as texts. Raises FileRefused, also while it is read."""
    _inspect(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # whatever a hostile or damaged file makes of the reader
        raise FileRefused(DAMAGED) from error
    try:
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        if not sheets:
            raise FileRefused(NO_SHEET)
        visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
        named = next((sheet for sheet in visible if sheet.title == SHEET), visible[0])
        yield from _lines(named)
    finally:
        book.close()


def _lines(sheet: Any) -> Iterator[tuple[str, ...]]:
    """The lines of a sheet opened for reading only, whose own type declares its methods loosely."""
    sheet.reset_dimensions()  # a sheet may claim to be smaller or larger than it is
    try:
        for number, row in enumerate(
            sheet.iter_rows(max_row=MAX_SCANNED, max_col=MAX_COLUMNS, values_only=True), start=1
        ):
            yield tuple(_text(value, number, rank) for rank, value in enumerate(row))
    except FileRefused:
        raise
    except Exception as error:  # as above
        raise FileRefused(DAMAGED) from error


def _text(value: Any, line: int, rank: int) -> str:
    """The value of a cell, as somebody would type it. Raises FileRefused for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith("="):
            raise FileRefused(formula_at(line, rank))
        return value
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return f"{value:.0f}" if float(value).is_integer() else str(value)
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    raise FileRefused(formula_at(line, rank))  # a formula over several cells


def formula_at(line: int, rank: int) -> str:
    """Why a cell that begins like a formula stops the file."""
    cell = f"{letter_of(rank)}{line}"
    return f"contient une formule en {cell}{NBSP}: remplacez-la par sa valeur (copier, puis coller les valeurs)."


def _inspect(content: bytes) -> None:
    """Look at the archive before anything reads it. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            reason = _objection(archive)
    except Exception as error:  # not an archive, of an unknown compression, or lying about itself
        raise FileRefused(DAMAGED) from error
    if reason:
        raise FileRefused(reason)


def _objection(archive: zipfile.ZipFile) -> str:
    """Why the archive is not opened; empty when it is. `zipfile` never unpacks more of a part than it announces."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return TOO_BIG
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & ENCRYPTED for part in parts) or "xl/workbook.xml" not in names:
        return DAMAGED
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        return MACROS
    if any(name.startswith("xl/externallinks/") for name in names):
        return LINKS
    if any(name.startswith(ACTIVE_PARTS) for name in names):
        return OBJECTS
    told = (part.filename for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    return next(filter(None, (_objection_to(archive.read(name), name.lower()) for name in told)), "")


def _objection_to(xml: bytes, name: str) -> str:
    if DECLARATION.search(xml):
        return DAMAGED
    if name == "[content_types].xml" and b"macroenabled" in xml.lower():
        return MACROS
    if name.endswith(".rels") and any(b"/hyperlink" not in link for link in EXTERNAL.findall(xml)):
        return LINKS  # an e-mail address that became a link is harmless
    return ""
