"""Puts the table of places into the database, as a whole, and places again the professionals who depend on it."""

import gzip
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from providers.directory import gazetteer, placing


def load(connection: BaseDatabaseWrapper, table: Path, sources: Path) -> int:
    """Replace every place by those of `table`, made first from `sources` when it is not there; returns how many.

    Raises SourcesMissing.
    """
    if not table.exists():
        gazetteer.build(sources, table)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("DELETE FROM providers_place")
        columns = ", ".join(gazetteer.COLUMNS)
        with (
            gzip.open(table, "rb") as rows,
            cursor.copy(
                f"COPY providers_place ({columns}) FROM STDIN (FORMAT csv, HEADER, FORCE_NOT_NULL (source))"
            ) as copy,
        ):
            while block := rows.read(1 << 16):
                copy.write(block)
        cursor.execute("SELECT count(*) FROM providers_place")
        (count,) = cursor.fetchone()
        cursor.execute(placing.FORGET)
        cursor.execute(placing.ALL)
    return int(count)
