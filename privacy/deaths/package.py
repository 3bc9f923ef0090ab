"""What is handed to whom directives name: of the departed alone, and of the kinds of data that the directives say.

Rows are found as an erasure finds them, so nothing of anybody else of the household is among them; fields are told as a
data package tells them, when the declarations give them back and are of these kinds.
"""

import csv
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

from django.apps import apps
from django.template.loader import render_to_string

from portals.accounts.export.registry import Told, every_told
from portals.accounts.export.telling import Column, cell, columns_of, values_of
from portals.accounts.models import Account
from portals.presentation.spreadsheets import DELIMITER, ENCODING
from privacy.deaths.models import DeathTask
from privacy.deaths.working import target_of
from privacy.directives.rules import KINDS
from privacy.erasure.planning import ordered

README = "LISEZ-MOI.txt"
ABOUT_OTHERS = frozenset({"members.Representation", "members.ParentalAuthority", "portals.Grant"})
"""Rows that say as much of somebody else: whoever acted for the departed, a child."""
OF_THE_DEATH = ("privacy.",)
"""The record's own books (rights, directives, deaths) are not what somebody leaves."""


@dataclass(frozen=True)
class Table:
    """The rows of one model, ready to be written."""

    name: str
    title: str
    columns: list[Column]
    rows: list[list[str]]


def write_package(task: DeathTask, target: IO[bytes]) -> list[Table]:
    """Write the ZIP of what the task hands over; says what it holds. In the system's context."""
    tables = [table for told, rows in _sources(task) if (table := _table(told, rows, task.kinds)) is not None]
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        context = {"tables": tables, "kinds": [KINDS[kind] for kind in task.kinds]}
        archive.writestr(README, render_to_string("privacy/deaths/readme.txt", context).strip() + "\n")
        for table in tables:
            archive.writestr(f"{table.name}.csv", _sheet(table))
    return tables


def _sources(task: DeathTask) -> list[tuple[Told, Any]]:
    target = target_of(task.death)
    told_by_model = {told.model: told for told in every_told()}
    found = []
    for reach in ordered():
        rows = reach.rows(target)
        model = apps.get_model(reach.label)
        told = told_by_model.get(model)
        if rows is None or told is None or reach.label in ABOUT_OTHERS or reach.label.startswith(OF_THE_DEATH):
            continue
        found.append((told, model._default_manager.filter(rows).distinct().order_by("pk")))
    return found


def _table(told: Told, rows: Any, kinds: Collection[str]) -> Table | None:
    """None when nothing of these kinds is there."""
    columns = [column for column in columns_of(told.model) if column.kind.sensitivity in kinds]
    if not columns:
        return None
    lines = []
    for row in rows.iterator(chunk_size=500):
        values = values_of(told, row, Account())
        lines.append([cell(column, values.get(column.name)) for column in columns])
    return Table(str(told.model._meta.model_name), told.title, columns, lines) if lines else None


def _sheet(table: Table) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=DELIMITER)
    writer.writerow([column.label for column in table.columns])
    writer.writerows(table.rows)
    return written.getvalue().encode(ENCODING)
