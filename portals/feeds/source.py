"""A feed file as blocks of lines, in constant memory: encoding, header and truncation are judged here.

A block is cut at line ends, so nothing needs the whole file. Lines are numbered from 1, the header.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portals.feeds.errors import FeedDamaged, FeedRefused

BLOCK_BYTES = 256 * 1024
LONGEST_RECORD = 64 * 1024
BOM = b"\xef\xbb\xbf"
UPPER_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")


@dataclass(frozen=True)
class Block:
    """Whole lines without their ends. `plain`: no control character beyond ASCII in any of them.

    `oversized`: the one line of this block was longer than any record may be, and was not kept.
    `unterminated`: the file ends in this block's last line, without a line end.
    """

    first_line: int
    lines: list[bytes]
    plain: bool = True
    oversized: bool = False
    unterminated: bool = False


class FeedFile:
    """Reads one file once, from its first byte to its last."""

    def __init__(self, advance: Callable[[int], None]) -> None:
        self._advance = advance
        self._digest = hashlib.sha256()
        self._rest = b""
        self._next_line = 1

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def header(self, file: BinaryIO) -> bytes:
        """The first line, without a byte order mark."""
        head = self._read(file)
        while b"\n" not in head and len(head) <= LONGEST_RECORD and (more := self._read(file)):
            head += more
        if not head.removeprefix(BOM):
            raise FeedDamaged("le fichier est vide.")
        line, end, self._rest = head.partition(b"\n")
        if len(line) > LONGEST_RECORD:
            raise FeedDamaged("la première ligne n’est pas un en-tête : elle est trop longue.")
        if not end:
            raise FeedDamaged("le fichier est tronqué : son en-tête n’a pas de fin de ligne.")
        line = line.removeprefix(BOM).removesuffix(b"\r")
        self._check_encoding(line)
        self._next_line = 2
        return line

    def blocks(self, file: BinaryIO) -> Iterator[Block]:
        """What follows the header."""
        while chunk := self._read(file):
            held = self._rest + chunk
            end = held.rfind(b"\n") + 1
            if end:
                yield self._block(held[: end - 1])
                self._rest = held[end:]
            else:
                self._rest = held
            if len(self._rest) > LONGEST_RECORD:
                yield self._skip_line(file)
        if self._rest:
            yield from self._tail()

    def _tail(self) -> Iterator[Block]:
        """What was read and not given yet when the file ends: whole lines, then one without its end."""
        whole, end, cut = self._rest.rpartition(b"\n")
        if end:
            yield self._block(whole)
        if cut:
            self._check_encoding(cut)
            yield Block(self._next_line, [cut], plain=not UPPER_CONTROLS.search(cut), unterminated=True)

    def _read(self, file: BinaryIO) -> bytes:
        chunk = file.read(BLOCK_BYTES)
        self._digest.update(chunk)
        self._advance(len(chunk))
        if b"\0" in chunk:
            raise FeedDamaged("le fichier contient des octets nuls : il est abîmé, ou n’est pas en UTF-8.")
        return chunk

    def _block(self, content: bytes) -> Block:
        content = content.replace(b"\r\n", b"\n").removesuffix(b"\r")
        self._check_encoding(content)
        lines = content.split(b"\n")
        block = Block(self._next_line, lines, plain=not UPPER_CONTROLS.search(content))
        self._next_line += len(lines)
        return block

    def _check_encoding(self, content: bytes) -> None:
        try:
            content.decode()
        except UnicodeDecodeError as error:
            line = self._next_line + content.count(b"\n", 0, error.start)
            raise FeedDamaged(f"ligne {line} : le fichier n’est pas en UTF-8.") from None

    def _skip_line(self, file: BinaryIO) -> Block:
        """Drops a line that no record can be; a quote left open in it would swallow the lines after it."""
        line, quotes = self._next_line, self._rest.count(b'"')
        while chunk := self._read(file):
            dropped, end, self._rest = chunk.partition(b"\n")
            quotes += dropped.count(b'"')
            if end:
                break
        else:
            raise FeedDamaged(f"le fichier est tronqué : la ligne {line}, trop longue, n’a pas de fin.")
        if quotes % 2:
            raise FeedDamaged(f"ligne {line} : un guillemet ouvert n’est pas refermé.")
        self._next_line += 1
        return Block(line, [b""], oversized=True)


def open_feed(path: Path) -> BinaryIO:
    """The file, open for reading. Raises `FeedRefused` when it cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise FeedRefused(f"le fichier ne peut pas être lu ({error.strerror}).") from None
