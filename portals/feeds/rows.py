"""Lines into staged rows: most are accepted as they are by one pattern, the others are read column by column."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portals.feeds.columns import PLAIN, Column
from portals.feeds.errors import FeedDamaged, Unfit
from portals.feeds.header import Layout
from portals.feeds.source import LONGEST_RECORD, Block

TRUNCATED = "le fichier est tronqué : sa dernière ligne n’est pas entière, ou n’a pas de fin de ligne."

# A record of several lines with one of these is no record.
FORM_FAULTS = {"bad_columns", "bad_quotes", "too_long"}


class BadRow(Exception):
    """A row to reject: the column (or none), a code, and words that do not quote the value."""

    def __init__(self, column: str, code: str, message: str) -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.message = message


class OpenQuote(Exception):
    """The record goes on after the end of this line."""


Reject = Callable[[int, str, str, str], None]


@dataclass
class RowReader:
    """Turns blocks into the text of COPY (CSV with the file's delimiter, the line number first)."""

    layout: Layout
    reject: Reject
    read: int = 0

    def __post_init__(self) -> None:
        separator = re.escape(self.layout.delimiter)
        self._separator = self.layout.delimiter.encode()
        plain = b'[^\\x00-\\x1f\\x7f"%b]' % self._separator
        patterns = [column.type.pattern.replace(PLAIN, plain) for column in self.layout.columns]
        fields = [
            pattern if column.required else b"(?:%b)?+" % pattern
            for column, pattern in zip(self.layout.columns, patterns, strict=True)
        ]
        self._accepts = re.compile(re.escape(self._separator).join(fields)).fullmatch
        self._accepts_value = [re.compile(pattern) for pattern in patterns]
        self._field = re.compile(rf'"((?:[^"]++|"")*+)"(?={separator}|\Z)|([^"{separator}]*+)(?={separator}|\Z)')
        self._proven = all(column.type.proves and not column.derived for column in self.layout.columns)
        self._open: tuple[int, str] | None = None

    def staged(self, blocks: Iterator[Block]) -> Iterator[bytes]:
        """The rows to COPY, block by block. Bad rows go to `reject`. Raises `FeedDamaged` when the file ends badly."""
        for block in blocks:
            if block.oversized:
                self._refuse(block.first_line, BadRow("", "too_long", f"la ligne dépasse {LONGEST_RECORD} octets"))
            elif block.unterminated:
                yield self._last_row(block)
            elif block.plain and self._proven and self._open is None:
                yield self._quickly(block)
            else:
                yield b"".join(self._slowly(number, line) for number, line in enumerate(block.lines, block.first_line))
        if self._open is not None:
            raise FeedDamaged(f"le fichier est tronqué : ligne {self._open[0]}, un guillemet ouvert n’est pas refermé.")

    def _quickly(self, block: Block) -> bytes:
        accepts, separator = self._accepts, self._separator
        accepted: list[bytes] = []
        others = 0
        for number, line in enumerate(block.lines, block.first_line):
            if self._open is None and accepts(line):
                accepted.append(b"%d%b%b\n" % (number, separator, line))
            else:
                others += 1
                accepted.append(self._slowly(number, line))
        self.read += len(accepted) - others
        return b"".join(accepted)

    def _slowly(self, number: int, line: bytes) -> bytes:
        """One line, or what completes the record that an earlier line opened. Blank lines count for nothing."""
        text = line.decode()
        if self._open is not None:
            number, text = self._open[0], f"{self._open[1]}\n{text}"
        elif not text:
            return b""
        try:
            row = self._row(number, text)
        except OpenQuote:
            self._open = (number, text)
            return b""
        except BadRow as bad:
            if self._open is not None and bad.code in FORM_FAULTS:
                # A quote opened by mistake swallows good rows until the next one: they must not be lost in silence.
                raise FeedDamaged(f"ligne {number} : un guillemet ouvert n’est pas refermé.") from None
            self._open = None
            self._refuse(number, bad)
            return b""
        self._open = None
        self.read += 1
        return row

    def _last_row(self, block: Block) -> bytes:
        """A last line without its end is taken only when it shows that nothing of it is missing."""
        text = block.lines[0].decode()
        try:
            row = self._row(block.first_line, text)
            shows_its_end = self.layout.columns[-1].type.whole and self._fields(text)[-1] != ""
        except (BadRow, OpenQuote):
            raise FeedDamaged(TRUNCATED) from None
        if self._open is not None or not shows_its_end:
            raise FeedDamaged(TRUNCATED)
        self.read += 1
        return row

    def _refuse(self, number: int, bad: BadRow) -> None:
        self.read += 1
        self.reject(number, bad.column, bad.code, bad.message)

    def _row(self, number: int, text: str) -> bytes:
        if len(text) > LONGEST_RECORD:
            raise BadRow("", "too_long", f"la ligne dépasse {LONGEST_RECORD} octets")
        values = self._fields(text)
        if len(values) != len(self.layout.columns):
            raise BadRow("", "bad_columns", f"{len(values)} colonnes au lieu de {len(self.layout.columns)}")
        staged = [str(number)]
        for column, value, accepted in zip(self.layout.columns, values, self._accepts_value, strict=True):
            staged += self._staged_value(column, value, accepted)
        return (self.layout.delimiter.join(staged) + "\n").encode()

    def _staged_value(self, column: Column, value: str, accepted: re.Pattern[bytes]) -> list[str]:
        """The value as staged, then what is derived from it."""
        if value and not (column.type.proves and value.isascii() and accepted.fullmatch(value.encode())):
            try:
                value = column.type.read(value)
            except Unfit as unfit:
                raise BadRow(column.name, unfit.code, unfit.message) from None
        if not value:
            if column.required:
                raise BadRow(column.name, "required", "est obligatoire")
            return [""] * (1 + len(column.derived))
        return [self._quoted(value), *(derived.of(value) for derived in column.derived)]

    def _quoted(self, value: str) -> str:
        if '"' in value or self.layout.delimiter in value:
            return '"' + value.replace('"', '""') + '"'
        return value

    def _fields(self, text: str) -> list[str]:
        if '"' not in text:
            return text.split(self.layout.delimiter)
        values: list[str] = []
        place = 0
        while True:
            found = self._field.match(text, place)
            if found is None:
                if text[place] == '"' and re.fullmatch(r'"(?:[^"]++|"")*+', text[place:]):
                    raise OpenQuote
                raise BadRow("", "bad_quotes", "guillemet hors de sa place")
            quoted, bare = found.groups()
            values.append(bare if quoted is None else quoted.replace('""', '"'))
            place = found.end()
            if place == len(text):
                return values
            place += 1  # over the delimiter
