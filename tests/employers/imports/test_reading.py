"""Files as people send them: what is read whatever their shape, and what is refused in words."""

import datetime
import io
import zipfile

import pytest
from openpyxl import load_workbook

from employers.imports import documents, reading, spreadsheets
from employers.imports.columns import KEYS, letter_of
from employers.imports.errors import FileRefused
from employers.imports.rules import Populations
from employers.workforce.rules import ContractFacts
from tests.employers.imports.files import as_csv, employee, employees, saved, sheet_of, with_part, xlsx

pytestmark = pytest.mark.commitment("CGU-3.16")

TITLES = "Nom;Prénom;Date de naissance;Date d’entrée"


def told(content: bytes) -> list[dict[str, str]]:
    return [dict(zip(KEYS, line.cells, strict=True)) for line in reading.read(content).lines]


def why(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        reading.read(content)
    return str(refused.value)


def test_a_workbook_and_the_same_csv_say_the_same() -> None:
    rows = employees(3)
    assert told(xlsx(rows)) == told(as_csv(rows))
    assert told(xlsx(rows))[0]["birth_date"] == "01/01/1970"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", ";"), ("latin-1", "\t"), ("utf-16", ";")],
)
def test_a_csv_is_read_whatever_software_wrote_it(encoding: str, delimiter: str) -> None:
    rows = [
        employee(0, given_names="Maëlle"),
        employee(1, family_name="Le Gœff" if encoding != "latin-1" else "Hélary"),
    ]
    content = as_csv(rows, delimiter=delimiter, encoding="utf-8" if encoding == "latin-1" else encoding)
    if encoding == "latin-1":
        content = content.decode().replace("’", "'").encode("latin-1")
    read = told(content)
    assert read[0]["given_names"] == "Maëlle"
    assert read[1]["family_name"] == rows[1]["family_name"]


def test_columns_are_known_by_their_names_in_any_order_and_others_are_told() -> None:
    content = (
        "Courriel;PRENOMS;Salaire;Né le;Nom de famille *;Date d'embauche\na@b.fr;Anne;2000;01/02/1990;Riou;02/11/2026"
    )
    read = reading.read(content.encode())
    assert read.header.unread == ("Salaire",)
    assert read.header.letter("start_date") == "F"
    cells = dict(zip(KEYS, read.lines[0].cells, strict=True))
    assert (cells["family_name"], cells["birth_date"], cells["start_date"]) == ("Riou", "01/02/1990", "02/11/2026")


def test_lines_keep_the_number_that_a_spreadsheet_shows() -> None:
    content = f"\n{TITLES}\nRiou;Anne;;\n;;;\n\nLe Bris;Paul;;\n"
    assert [line.number for line in reading.read(content.encode()).lines] == [3, 6]


def test_what_nobody_sees_in_a_cell_is_left_out() -> None:
    content = f"{TITLES}\n'Riou ; Anne\u200b\u00a0 Marie;01/02/1990;\u202a02/11/2026"
    cells = told(content.encode())[0]
    assert (cells["family_name"], cells["given_names"], cells["start_date"]) == ("Riou", "Anne Marie", "02/11/2026")


def test_a_column_that_misses_or_stands_twice_is_named() -> None:
    assert "« Prénom » et « Date d’entrée » manquent" in why(b"Nom;Date de naissance\nRiou;1990").replace("\u00a0", " ")
    assert "deux fois, en A et en C" in why("Nom;Prénom;Nom de famille\n1;2;3".encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"  \n ", "est vide"),
        (TITLES.encode(), "que les titres"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mot de passe, ou à l’ancien format"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "ni un classeur Excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 8, "ni un classeur Excel"),
        (b"PK\x03\x04 nothing of an archive", "abîmé"),
        (f'{TITLES}\n"Riou;Anne'.encode(), "guillemet"),
        (f"{TITLES}\nRiou;Anne;=2+2;".encode(), "formule en C2"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_employees_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in why(content)


def test_five_thousand_lines_are_read_and_not_one_more() -> None:
    line = "Riou;Anne;01/02/1990;02/11/2026\n"
    assert len(reading.read(f"{TITLES}\n{line * 5000}".encode()).lines) == 5000
    assert "5\u202f000" in why(f"{TITLES}\n{line * 5001}".encode())


def test_a_formula_in_a_workbook_is_named_by_its_cell() -> None:
    assert "formule en E3" in why(xlsx([employee(0), employee(1, birth_date="=TODAY()")]))


def test_a_workbook_that_acts_is_refused() -> None:
    book = xlsx(employees(1))
    assert "macros" in why(with_part(book, "xl/vbaProject.bin", b"\x00"))
    types = zipfile.ZipFile(io.BytesIO(book)).read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = types.replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert macro != types
    assert "macros" in why(with_part(book, "[Content_Types].xml", macro))
    assert "liens vers d’autres" in why(with_part(book, "xl/externalLinks/externalLink1.xml", b"<a/>"))
    link = b'<Relationships><Relationship Id="r" Type="x/oleObject" Target="file:///c" TargetMode="External"/></Relationships>'
    assert "liens vers d’autres" in why(with_part(book, "xl/worksheets/_rels/sheet1.xml.rels", link))
    assert "objets incorporés" in why(with_part(book, "xl/embeddings/oleObject1.bin", b"\x00"))


def test_an_address_that_became_a_link_is_harmless() -> None:
    page = sheet_of(xlsx(employees(1)))
    page["G2"].hyperlink = "mailto:salarie0@example.org"
    assert told(saved(page))[0]["email"] == "salarie0@example.org"


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    bomb = with_part(xlsx(employees(1)), "xl/media/zeros.xml", bytes(spreadsheets.MAX_UNPACKED))
    assert len(bomb) < 200_000
    assert "trop gros" in why(bomb)


def test_entities_are_never_expanded() -> None:
    book = xlsx(employees(1))
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    hostile = sheet.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "lol">]><worksheet', 1)
    assert "abîmé" in why(with_part(book, "xl/worksheets/sheet1.xml", hostile))


def test_a_sheet_that_claims_a_million_lines_costs_nothing() -> None:
    page = sheet_of(xlsx(employees(1)))
    page["A1000000"] = "far away"
    assert len(told(saved(page))) == 1


def test_a_number_written_as_a_number_is_read_as_its_digits() -> None:
    digits = str(employee(0)["nir"])
    assert told(xlsx([employee(0, nir=int(digits), employee_number=417.0)]))[0]["nir"] == digits
    assert told(xlsx([employee(0, employee_number=417.0)]))[0]["employee_number"] == "417"


CONTRACTS = [
    ContractFacts(1, "GC1", "Cadres", datetime.date(2020, 1, 1), None),
    ContractFacts(2, "GC2", "Ouvriers, employés", datetime.date(2020, 1, 1), None),
]


def test_the_model_has_lists_examples_and_notes_and_none_of_them_is_read_as_an_employee() -> None:
    model = documents.model_xlsx(Populations(CONTRACTS))
    book = load_workbook(io.BytesIO(model))
    assert book.sheetnames == ["Salariés", "Listes", "Exemples", "Notice"]
    rules = {str(rule.sqref): rule.formula1 for rule in book["Salariés"].data_validations.dataValidation}
    assert rules == {"D2:D5001": "=liste_sex", "J2:J5001": "=liste_population", "I2:I5001": "=liste_contract"}
    assert [cell.value for cell in book["Listes"]["B"]] == ["Cadres", "Ouvriers, employés"]
    assert book["Exemples"]["B2"].value == "Le Roux"
    assert "titres" in why(model)
    assert "titres" in why(documents.model_csv())


def test_letters_go_on_after_z() -> None:
    assert [letter_of(rank) for rank in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
