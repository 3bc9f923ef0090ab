"""A part of the package for machines: one pass over its rows makes the JSON, its portable part and a table per model."""

import csv
import datetime
import io
import shutil
import tempfile
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from json.encoder import encode_basestring
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from portals.access import isolation
from portals.accounts.export.registry import Scope, Told
from portals.accounts.export.telling import Column, cell, columns_of, past_of, values_of
from portals.presentation.spreadsheets import DELIMITER, ENCODING

FORMAT = "espaces-mutuelle/donnees/1"
CHUNK = 500
"""Rows read at a time: memory does not grow with what a person has."""
SHOWN = 6
"""How many rows of a model the document for people prints; the tables have them all."""
WHOLE, PORTABLE = "donnees.json", "portabilite.json"
_encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
QUICK: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _value: "null",
    Decimal: lambda value: f'"{value}"',
    datetime.date: lambda value: f'"{value.isoformat()}"',
}
"""What most values are, written as `_encode` does and ten times as fast: both books of a row take the same words."""


@dataclass
class Chapter:
    """What the document for people says of one model: how many rows, the latest of them, and the table of all."""

    told: Told
    table: str = ""
    count: int = 0
    latest: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=SHOWN))

    @property
    def rest(self) -> int:
        return self.count - len(self.latest)


class _Book:
    """A JSON file that is written model after model and row after row."""

    def __init__(self, target: IO[str], head: dict[str, Any]) -> None:
        self.target, self.models, self.rows = target, 0, 0
        target.write(_encode({"format": FORMAT, "made_at": timezone.now(), **head})[:-1] + ',"models":{')

    def open(self, told: Told, columns: list[Column]) -> None:
        head = {"label": told.title, "fields": {column.key: _described(column) for column in columns}}
        self.target.write(f"{',' if self.models else ''}\n{_encode(told.model._meta.label)}:")
        self.target.write(_encode(head)[:-1] + ',"rows":[')
        self.models, self.rows = self.models + 1, 0

    def add(self, members: Iterable[str]) -> None:
        """A row, of which each member is already a name and its value."""
        self.target.write(f"{',' if self.rows else ''}\n{{{','.join(members)}}}")
        self.rows += 1

    def close_model(self) -> None:
        self.target.write("]}")

    def end(self) -> None:
        self.target.write("\n}}\n")


def write_part(
    archive: zipfile.ZipFile,
    folder: str,
    head: dict[str, Any],
    sources: list[Told],
    scope: Scope,
    *,
    step: Callable[[], None] = lambda: None,
) -> list[Chapter]:
    """Write `donnees.json`, `portabilite.json` and `tableaux/*.csv` of a part; says what it told. In the part's context.

    `step` is called after each model.
    """
    chapters: list[Chapter] = []
    with _text_entry(archive, f"{folder}/{WHOLE}") as whole, _text_entry(archive, f"{folder}/{PORTABLE}") as portable:
        books = (_Book(whole, {**head, "holds": "access"}), _Book(portable, {**head, "holds": "portability"}))
        for told in sources:
            chapter = _write_model(archive, folder, books, told, scope)
            past = past_of(told)
            chapters.append(chapter)
            if past is not None:
                _write_model(archive, folder, books, past, scope)
            step()
        for book in books:
            book.end()
    return chapters


def write_portable_part(
    archive: zipfile.ZipFile, folder: str, head: dict[str, Any], sources: list[Told], scope: Scope
) -> None:
    """Write `portabilite.json` alone: what leaves for somebody else at the person's request."""
    with _text_entry(archive, f"{folder}/{PORTABLE}") as text:
        book = _Book(text, {**head, "holds": "portability"})
        for told in sources:
            columns = [column for column in columns_of(told.model) if column.is_portable]
            if not columns:
                continue
            book.open(told, columns)
            for _row, values in _rows(told, scope):
                book.add(_members(columns, values).values())
            book.close_model()
        book.end()


def _write_model(
    archive: zipfile.ZipFile, folder: str, books: tuple[_Book, _Book], told: Told, scope: Scope
) -> Chapter:
    columns = list(columns_of(told.model))
    portable = [column for column in columns if column.is_portable]
    whole_book, portable_book = books
    chapter = Chapter(told)
    name = f"{folder}/tableaux/{told.model._meta.model_name}.csv"
    whole_book.open(told, columns)
    if portable:
        portable_book.open(told, portable)
    with _text_entry(archive, name, encoding=ENCODING) as table:
        writer = csv.writer(table, delimiter=DELIMITER)
        for row, values in _rows(told, scope):
            if not chapter.count:
                writer.writerow([column.label for column in columns])
            _add_document(archive, folder, told, row)
            writer.writerow([cell(column, values.get(column.name)) for column in columns])
            members = _members(columns, values)
            whole_book.add(members.values())
            if portable:
                portable_book.add(members[column.name] for column in portable if column.name in members)
            chapter.count += 1
            chapter.latest.append(values)
    chapter.table = name if chapter.count else ""
    whole_book.close_model()
    if portable:
        portable_book.close_model()
    return chapter


def _rows(told: Told, scope: Scope) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows, oldest first, and what is told of each by the name of its columns."""
    with isolation.system() if told.elsewhere else nullcontext():
        for row in told.rows(scope).order_by("pk").iterator(chunk_size=CHUNK):
            yield row, values_of(told, row, scope.account, told.spares(scope, row) if told.spares else ())


def _members(columns: Sequence[Column], values: dict[str, Any]) -> dict[str, str]:
    """Each column that is told of this row, as a member of a JSON object."""
    return {
        column.name: f"{encode_basestring(column.key)}:{QUICK.get(type(value), _encode)(value)}"
        for column in columns
        if (value := values.get(column.name, values)) is not values
    }


def _add_document(archive: zipfile.ZipFile, folder: str, told: Told, row: Any) -> None:
    """The file that a row stands for, beside the tables."""
    document = told.document(row) if told.document else None
    if document is not None:
        archive.writestr(f"{folder}/{document[0]}", document[1])


@contextmanager
def _text_entry(archive: zipfile.ZipFile, path: str, *, encoding: str = "utf-8") -> Iterator[IO[str]]:
    """A text written aside, because others are written meanwhile, then added to the archive unless it is empty."""
    with tempfile.TemporaryFile() as written:
        text = io.TextIOWrapper(written, encoding=encoding, newline="")
        yield text
        text.detach()
        if written.tell():
            written.seek(0)
            with archive.open(path, "w", force_zip64=True) as entry:
                shutil.copyfileobj(written, entry)


def _described(column: Column) -> dict[str, Any]:
    """What a field means: its name in French, whose data and of what kind it is, what its codes stand for."""
    told: dict[str, Any] = {
        "label": column.label,
        "sensitivity": column.kind.sensitivity.value,
        "purpose": column.kind.purpose.value,
        "given_for": column.kind.export.value,
    }
    if column.choices:
        told["values"] = column.choices
    return told
