"""Reading a file without a database: its header, its lines, what is wrong with them, where it ends."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.feeds.columns import Column, choice, date, decimal, text
from portals.feeds.errors import FeedDamaged
from portals.feeds.header import layout_of
from portals.feeds.kinds import FeedKind
from portals.feeds.rows import RowReader
from portals.feeds.source import LONGEST_RECORD, FeedFile

KIND = FeedKind(
    name="things",
    label="Choses",
    table="things",
    columns=(
        Column("ref", text(20), required=True),
        Column("day", date(), required=True),
        Column("note", text(40)),
        Column("amount", decimal(12, 2)),
        Column("sort", choice("A", "B")),
    ),
    key=("ref",),
    match={"ref": "s.ref"},
)
HEADER = b"ref;day;note;amount;sort\n"
Reject = tuple[int, str, str, str]


def read(content: bytes) -> tuple[list[list[str]], list[Reject]]:
    """The staged rows (line number first) and the rejects."""
    rejects: list[Reject] = []
    source = FeedFile(lambda size: None)
    file = io.BytesIO(content)
    layout = layout_of(KIND, source.header(file))
    reader = RowReader(layout, lambda *reject: rejects.append(reject))
    staged = b"".join(reader.staged(source.blocks(file))).decode()
    rows = list(csv.reader(io.StringIO(staged, newline=""), delimiter=layout.delimiter))
    assert reader.read == len(rows) + len(rejects)
    return rows, rejects


def codes(content: bytes) -> list[tuple[int, str, str]]:
    return [reject[:3] for reject in read(content)[1]]


def test_it_reads_rows_as_they_are() -> None:
    rows, rejects = read(HEADER + b"a;2024-01-31;x;1.50;A\nb;2024-02-29;;;\n")
    assert rows == [["2", "a", "2024-01-31", "x", "1.50", "A"], ["3", "b", "2024-02-29", "", "", ""]]
    assert rejects == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("delimiter", [b",", b";"])
def test_delimiter_line_ends_and_byte_order_mark_do_not_matter(delimiter: bytes, end: bytes, mark: bytes) -> None:
    content = mark + end.join([HEADER.strip(), "é;2024-01-31;L’œuf;1.50;A".encode(), b""]).replace(b";", delimiter)
    assert read(content) == ([["2", "é", "2024-01-31", "L’œuf", "1.50", "A"]], [])


def test_columns_come_in_any_order_and_optional_ones_may_be_missing() -> None:
    rows, _ = read(b"day;ref\n2024-01-31;a\n")
    assert rows == [["2", "2024-01-31", "a"]]


def test_quoted_values_may_hold_delimiters_and_quotes() -> None:
    rows, rejects = read(HEADER + b'"a";2024-01-31;"x; ""y""";1;"A"\n')
    assert rows == [["2", "a", "2024-01-31", 'x; "y"', "1", "A"]]
    assert rejects == []


def test_a_line_end_inside_quotes_is_a_control_character_and_does_not_shift_lines() -> None:
    content = HEADER + b'a;2024-01-31;"x\ny";1;A\nb;2024-01-31;;1;C\n'
    assert codes(content) == [(2, "note", "control_character"), (4, "sort", "bad_choice")]


def test_lines_starting_with_a_hash_are_rows_and_blank_lines_are_nothing() -> None:
    rows, rejects = read(HEADER + b"\n#a;2024-01-31;;;\n\n")
    assert rows == [["3", "#a", "2024-01-31", "", "", ""]]
    assert rejects == []


def test_each_bad_row_is_rejected_once_with_its_first_fault() -> None:
    content = HEADER + b"".join(
        [
            b";2024-01-31;;;\n",
            b"b;2024-13-31;;x;\n",
            b"c;2024-01-31;;1.505;\n",
            b"d;2024-01-31\n",
            b"e;2024-01-31;;;;;\n",
            b'f;2024-01-31;a"b;;\n',
            b'g;2024-01-31;"a"b;;\n',
            "h;2024-01-31;\u0085;;\n".encode(),
            b"i;2024-01-31;" + b"x" * 41 + b";;\n",
            b"   ;2024-01-31;;;\n",
        ]
    )
    assert codes(content) == [
        (2, "ref", "required"), (3, "day", "bad_date"), (4, "amount", "bad_number"), (5, "", "bad_columns"),
        (6, "", "bad_columns"), (7, "", "bad_quotes"), (8, "", "bad_quotes"), (9, "note", "control_character"),
        (10, "note", "too_long"), (11, "ref", "required"),
    ]  # fmt: skip


def test_a_field_of_ten_megabytes_is_rejected_alone() -> None:
    content = HEADER + b"a;2024-01-31;" + b"x" * 10_000_000 + b";;\nb;2024-01-31;;;\n"
    rows, rejects = read(content)
    assert [row[:2] for row in rows] == [["3", "b"]]
    assert [reject[:3] for reject in rejects] == [(2, "", "too_long")]


def test_a_line_just_longer_than_a_record_is_rejected_too() -> None:
    content = HEADER + b"a;2024-01-31;" + b"x" * LONGEST_RECORD + b";;\nb;2024-01-31;;;\n"
    assert codes(content) == [(2, "", "too_long")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        (b"ref;day", "tronqué"),
        (b"ref;day;colour\na;2024-01-31;x\n", "colonne inconnue"),
        (b"ref;note\na;x\n", "colonne obligatoire absente"),
        (b"ref;day;day\na;2024-01-31;2024-01-31\n", "colonne en double"),
        (HEADER + "a;2024-01-31;é;;\n".encode("latin-1"), "ligne 2\u00a0: le fichier n’est pas en UTF-8"),
        ((HEADER + b"a;2024-01-31;x;;\n").decode().encode("utf-16"), "octets nuls"),
        (HEADER + b"a;2024-01-31;x\0;;\n", "octets nuls"),
        (HEADER + b'a;2024-01-31;"x;;\n', "tronqué"),
        (HEADER + b'a;2024-01-31;"x;;\n' + b"b;2024-01-31;;;\n" * 9000, "guillemet"),
        (HEADER + b'a;2024-01-31;"' + b"x" * 10_000_000 + b"\n", "guillemet"),
        (HEADER + b"a;2024-01-31;" + b"x" * 10_000_000, "tronqué"),
        (HEADER + b"a;2024-01-31;x;1.5", "tronqué"),
        (HEADER + b"a;2024-01-31;x;1.5;", "tronqué"),
        (b"ref;day;sort;amount\na;2024-01-31;A;1.5", "tronqué"),
        (b"x" * 1_000_000, "trop longue"),
    ],
)
def test_a_damaged_file_stops_with_words_that_say_why(content: bytes, words: str) -> None:
    with pytest.raises(FeedDamaged, match=words):
        read(content)


def test_a_last_line_without_its_end_is_taken_when_nothing_of_it_can_be_missing() -> None:
    assert read(HEADER + b"a;2024-01-31;x;1.5;A")[0] == [["2", "a", "2024-01-31", "x", "1.5", "A"]]
    assert read(b"ref;day\na;2024-01-31")[0] == [["2", "a", "2024-01-31"]]


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_is_refused_or_read_up_to_a_whole_row(cut: int) -> None:
    lines = [b'a%d;2024-01-31;"x; ""%d""";%d.50;A\r\n' % (n, n, n) for n in range(12)]
    content = HEADER + b"".join(lines)
    whole, _ = read(content)
    try:
        rows, rejects = read(content[:cut])
    except FeedDamaged:
        return
    assert rejects == []
    assert rows == whole[: len(rows)]


VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(VALUES, VALUES), max_size=20), st.sampled_from(",;"))
def test_it_reads_what_a_csv_writer_wrote(pairs: list[tuple[str, str]], delimiter: str) -> None:
    text_file = io.StringIO(newline="")
    writer = csv.writer(text_file, delimiter=delimiter)
    writer.writerow(["ref", "note", "day"])
    writer.writerows([f"r{ref}", note, "2024-01-31"] for ref, note in pairs)
    rows, rejects = read(text_file.getvalue().encode())
    assert rejects == []
    assert [row[1:3] for row in rows] == [[f"r{ref}".strip(" "), note.strip(" ")] for ref, note in pairs]
