"""What is handed over: the rows of the data package, cut down to the classes and the period that were asked.

A field leaves when its class was asked; a row leaves when its day is within the period. What the package never gives
(secrets, sealed content of others) is not given here either.
"""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.export.registry import Scope, Told, told_of
from portals.accounts.export.telling import Column, cell, columns_of, values_of
from portals.accounts.models import Account, Space
from portals.presentation.spreadsheets import DELIMITER, ENCODING
from privacy.disclosures.models import DisclosedSubject, Disclosure
from privacy.rights.data_classes import labels

FORMAT = "espaces-mutuelle/communication/1"
CHUNK = 500
PERSON = "members.Person"
"""By its name: this floor does not import the portfolio."""
DAYS = (
    "care_date", "payment_date", "paid_on", "issued_on", "on_day", "day", "due_on", "date", "at", "asked_at", "sent_at",
    "created_at", "opened_at", "received_on", "requested_at", "begun_at", "made_at", "set_at", "said_on",
)  # fmt: skip
"""The field that says when a row happened, the first that a model has. One without any is a state: it leaves whole."""


@dataclass
class _Table:
    told: Told
    columns: list[Column]
    day: str


def produce_archive(disclosure: Disclosure, subjects: Sequence[DisclosedSubject]) -> tuple[bytes, int]:
    """The archive and how many rows it has. Reads in the context of each subject's own tenant."""
    target, total, digests = io.BytesIO(), 0, []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for rank, subject in enumerate(subjects, start=1):
            for name, content, count in _files_of(disclosure, subject, f"personne-{rank}"):
                archive.writestr(name, content)
                digests.append((name, hashlib.sha256(content).hexdigest()))
                total += count
        archive.writestr("description.json", _described(disclosure, len(subjects), total))
        archive.writestr("empreintes.txt", "".join(f"{digest}  {name}\n" for name, digest in digests))
    return target.getvalue(), total


def _files_of(disclosure: Disclosure, subject: DisclosedSubject, folder: str) -> Iterator[tuple[str, bytes, int]]:
    scope = scope_of(subject)
    grant = scope.grant
    context = isolation.tenant(grant.space, grant.tenant_id) if grant.tenant_id else isolation.system()
    with context:
        for table in tables_of(subject.space, disclosure.classes):
            content, count = _table(table, scope, disclosure)
            if count:
                yield f"{folder}/{table.told.model._meta.model_name}.csv", content, count


def scope_of(subject: DisclosedSubject) -> Scope:
    """As the package tells of them: a grant of their own, whether they have an account or not."""
    is_member = subject.space == Space.MEMBER
    known = Grant.objects.filter(space=subject.space, tenant_id=subject.tenant_id or 0).select_related("account")
    known = known.filter(basis=Basis.COVER, subject_id=subject.subject_id) if is_member else known.filter(
        account_id=subject.subject_id
    )  # fmt: skip
    grant = known.order_by("pk").first()
    if grant is None:
        # Account 0 is nobody's: rows of an account are then none, never those of no account at all.
        grant = Grant(
            account=Account(pk=0), space=subject.space, tenant_id=subject.tenant_id or 0, subject_id=subject.subject_id
        )
    return Scope(grant.account, [grant])


def tables_of(space: str, classes: Collection[str]) -> list[_Table]:
    """What the package tells of a space, with the asked columns only; models without any are left out."""
    found = []
    for told in told_of(space):
        columns = [one for one in columns_of(told.model) if class_of(one) in classes]
        if columns:
            found.append(_Table(told, columns, day_of(told.model)))
    return found


def class_of(column: Column) -> str:
    return f"{column.kind.sensitivity}.{column.kind.purpose}"


def day_of(model: type[models.Model]) -> str:
    names = {field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)}
    return next((name for name in DAYS if name in names), "")


def _table(table: _Table, scope: Scope, disclosure: Disclosure) -> tuple[bytes, int]:
    text, count = io.StringIO(newline=""), 0
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow([column.label for column in table.columns])
    wanted = {column.name for column in table.columns}
    spared = {column.name for column in columns_of(table.told.model)} - wanted
    with isolation.system() if table.told.elsewhere else nullcontext():
        for row in _rows(table, scope, disclosure).iterator(chunk_size=CHUNK):
            more = table.told.spares(scope, row) if table.told.spares else ()
            values = values_of(table.told, row, scope.account, {*spared, *more})
            writer.writerow([cell(column, values.get(column.name)) for column in table.columns])
            count += 1
    return text.getvalue().encode(ENCODING), count


def _rows(table: _Table, scope: Scope, disclosure: Disclosure) -> Any:
    rows = _of_subject(table.told.rows(scope).order_by("pk"), scope)
    if not table.day:
        return rows
    field = table.told.model._meta.get_field(table.day)
    if isinstance(field, models.DateTimeField):
        since, until = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
            for day in (disclosure.since, disclosure.until + datetime.timedelta(days=1))
        )
        return rows.filter(**{f"{table.day}__gte": since, f"{table.day}__lt": until})
    return rows.filter(**{f"{table.day}__gte": disclosure.since, f"{table.day}__lte": disclosure.until})


def _of_subject(rows: Any, scope: Scope) -> Any:
    """The package tells a parent of their children too; an authority that asks about one person is told of that one."""
    if scope.grant.space != Space.MEMBER:
        return rows
    fields = {field.name: field.related_model for field in rows.model._meta.concrete_fields}
    if rows.model._meta.label == PERSON:
        return rows.filter(pk=scope.grant.subject_id)
    is_of_a_person = fields.get("person") is apps.get_model(PERSON)
    return rows.filter(person_id=scope.grant.subject_id) if is_of_a_person else rows


def _described(disclosure: Disclosure, subjects: int, rows: int) -> bytes:
    """What the archive is, for a program and for whoever opens it."""
    known = labels()
    told = {
        "format": FORMAT,
        "reference": disclosure.reference,
        "autorite": disclosure.authority_name,
        "fondement": disclosure.get_ground_display(),
        "reference_de_la_demande": disclosure.ground_reference,
        "periode": {"du": disclosure.since, "au": disclosure.until},
        "donnees": [known.get(code, code) for code in disclosure.classes],
        "personnes": subjects,
        "lignes": rows,
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()
