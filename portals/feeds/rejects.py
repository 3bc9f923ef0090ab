"""The rejects: spooled on disk while reading, then written out in the order of the lines."""

import csv
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Self

from django.db import connection

from portals.feeds.errors import FeedRefused
from portals.feeds.staging import REJECT_COLUMNS, copy_rejects

EXPORT = """
    COPY (SELECT line, "column", code, message FROM feed_rejects ORDER BY line) TO STDOUT (FORMAT csv)
"""
SAMPLE = 'SELECT line, "column", code, message FROM feed_rejects ORDER BY line LIMIT %s'

# line, column, code, message
Reject = tuple[int, str, str, str]


class Spool:
    """Rejects found while reading: the connection is busy with COPY then, and memory is not to grow."""

    def __init__(self) -> None:
        self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._text = io.TextIOWrapper(self._file, encoding="utf-8", newline="", write_through=False)
        self._rows = csv.writer(self._text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._text.close()

    def add(self, line: int, column: str, code: str, message: str) -> None:
        self._rows.writerow((line, column, code, message))

    def copy(self) -> None:
        """Hand them over to `feed_rejects`."""
        self._text.flush()
        self._file.seek(0)
        copy_rejects(self._file)


def write_rejects(path: Path) -> None:
    """The rejects file, whole or not at all. Raises `FeedRefused` when it cannot be written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write((",".join(REJECT_COLUMNS) + "\n").encode())
            with connection.cursor() as cursor, cursor.copy(EXPORT) as copy:
                for block in copy:
                    file.write(block)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FeedRefused(f"le fichier des rejets ne peut pas être écrit ({error.strerror}).") from None


def first_rejects(number: int) -> list[Reject]:
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, [number])
        return list(cursor.fetchall())
