"""How a row is told: the fields that the declarations give back, for a machine, for a spreadsheet and for a reader."""

import datetime
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from portals.accounts.export.registry import Scope, Told
from portals.accounts.models import Account
from portals.declarations import Classified, Export
from portals.declarations.reading import exported
from portals.presentation.formats import full_instant, long_date
from portals.presentation.spreadsheets import amount_cell, date_cell, number_cell, text_cell
from portals.secrets.errors import SubjectForgotten

SEALED = "_sealed"
SEALED_WORDS = re.compile(r" scellée?s?$")
BORROWED = {"name": "nom", "confirmed": "confirmé", "created_at": "créé le", "last_used_at": "utilisé le"}
"""The names of fields that come from libraries, in English there."""
WHO = {"self": "vous", "other": "quelqu’un d’autre"}
"""How an account is told: the number of another one is another person's data."""


def _number(value: Decimal) -> str:
    """Amounts keep their cents."""
    return amount_cell(value) if value.as_tuple().exponent == -2 else number_cell(value)


WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "oui" if value else "non"),
    (datetime.datetime, full_instant),
    (datetime.date, long_date),
    (Decimal, _number),
    (list, lambda value: ", ".join(str(one) for one in value)),
)
"""How a value is written by what it is: an instant is a day too, so it comes first."""


@dataclass(frozen=True)
class Column:
    """One field of a model as the package tells it. `key`: its name without the word that says how it is kept."""

    name: str
    attribute: str
    key: str
    label: str
    kind: Classified
    choices: dict[Any, str]
    is_relation: bool
    is_account: bool

    @property
    def is_portable(self) -> bool:
        return self.kind.export == Export.PORTABILITY


@cache
def columns_of(model: type[models.Model]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=field.name,
            attribute=field.attname,
            key=field.name.removesuffix(SEALED),
            label=_label(field),
            kind=kind,
            choices=WHO if field.related_model is Account else {code: str(label) for code, label in field.flatchoices},
            is_relation=field.is_relation,
            is_account=field.related_model is Account,
        )
        for field, kind in exported(model)
    )


def past_of(told: Told) -> Told | None:
    """The former values of the same rows, where the model keeps its history."""
    label = f"{told.model.__name__}Event"
    try:
        event: type[models.Model] = apps.get_model(told.model._meta.app_label, label)
    except LookupError:
        return None

    def rows(scope: Scope) -> "QuerySet[Any]":
        return event._default_manager.filter(pgh_obj__in=told.rows(scope).order_by().values("pk")).order_by("pgh_id")

    reads = {
        name: read for name, read in told.reads.items() if name in {field.name for field, _kind in exported(event)}
    }
    title = f"{told.title}\u00a0: anciennes valeurs"
    return Told(event, title, rows, reads=reads, spares=told.spares, elsewhere=told.elsewhere)


def values_of(told: Told, row: Any, account: Account, spared: Collection[str] = ()) -> dict[str, Any]:
    """Each column of a row by its name, to `account`. A value whose key was destroyed is told as absent."""
    return {
        column.name: _value(told, row, column, account)
        for column in columns_of(told.model)
        if column.name not in spared
    }


def cell(column: Column, value: Any) -> str:
    """For a spreadsheet in French."""
    if isinstance(value, str) and not column.choices:
        return text_cell(value)
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return date_cell(value)
    if isinstance(value, Decimal):
        return number_cell(value)
    if isinstance(value, dict | list):
        return text_cell(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))
    return text_cell(words(column, value))


def words(column: Column, value: Any) -> str:
    """For a reader; nothing for what is empty."""
    if value is None or value in ("", [], {}):
        return ""
    if column.choices:
        return column.choices.get(value, str(value))
    return next((write(value) for kind, write in WRITTEN if isinstance(value, kind)), str(value))


def _value(told: Told, row: Any, column: Column, account: Account) -> Any:
    read = told.reads.get(column.name)
    if read is None:
        value = getattr(row, column.attribute)
        return value if value is None or not column.is_account else ("self" if value == account.pk else "other")
    try:
        return read(row)
    except SubjectForgotten:
        return None


def _label(field: "models.Field[Any, Any]") -> str:
    """Its French name, or that of what it leads to. What is told of a sealed value is the value."""
    label = str(field.verbose_name)
    if label == field.name.replace("_", " "):
        if isinstance(field, models.ForeignKey):
            return str(field.related_model._meta.verbose_name)
        return BORROWED.get(field.name, label)
    return SEALED_WORDS.sub("", label)
