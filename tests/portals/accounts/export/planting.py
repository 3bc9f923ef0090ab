"""Rows made from a model alone, each field with a value of its own, so that a package can be searched for all of them.

They go into temporary tables that hide the real ones for the transaction: same columns, no constraint, no policy. `FITS`
says what leads to the person where a foreign key does not.
"""

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from employers.workforce.models import Affiliation
from members.benefits.models import BenefitLine
from members.coverage.models import Cover
from members.households.models import Person
from members.statements.models import Statement
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.models import Upload
from portals.names import folded_name
from privacy.breaches.models import Incident
from privacy.breaches.telling.models import Concerned
from providers.invoices.models import Invoice

DAY = datetime.date(2026, 3, 2)
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def _patient(ground: "Ground") -> Person:
    person: Person = ground.values["members.Person"]
    return person


FITS: dict[str, dict[str, Any]] = {
    "portals.Thread": {"for_other": False},
    **{
        label: {
            "space": lambda ground: ground.grant.space if ground.in_space else "employeur",
            "subject_id": lambda ground: ground.grant.subject_id if ground.in_space else ground.account.pk,
        }
        for label in (
            "privacy.Choice",
            "privacy.Directives",
            "privacy.Freeze",
            "privacy.LegalHold",
            "privacy.ToldDisclosure",
        )
    },
    "privacy.Concerned": {"person_id": lambda ground: ground.grant.subject_id},
    "privacy.Delivery": {"concerned": lambda ground: ground.plant(Concerned)},
    "privacy.RightsRequest": {"whom": "self"},
    "privacy.Anomaly": {"incident": lambda ground: ground.plant(Incident)},
    "members.AmountDifference": {"benefit_ref": lambda ground: ground.plant(BenefitLine).benefit_ref},
    "employers.EmployeeLink": {"affiliation": lambda ground: ground.plant(Affiliation)},
    "employers.Waiver": {
        "company": lambda ground: ground.plant(Affiliation).company,
        "folded_name": lambda ground: folded_name(_patient(ground).family_name, _patient(ground).given_names),
        "birth_date": lambda ground: _patient(ground).birth_date,
    },
    "providers.Invoice": {
        "member_number": lambda ground: _patient(ground).household.member_number,
        "rank": lambda ground: _patient(ground).rank,
    },
    "providers.InvoiceLine": {"care_date": lambda ground: ground.plant(Invoice).care_date},
}
WITH: dict[tuple[bool, str], type[models.Model]] = {
    (False, "portals.StoredFile"): Upload,
    (True, "portals.StoredFile"): Statement,
    (True, "members.Policy"): Cover,
}
"""What must be planted beside a row for it to be the person's: in the part of the account (False) or of a space."""


def hide(model: type[models.Model]) -> None:
    """An empty temporary table in front of the model's, until the transaction is rolled back."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        columns = f"LIKE public.{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED"
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")


@dataclass
class Ground:
    """Of whom rows are planted. `values`: by model label, the row that a foreign key leads to."""

    account: Account
    grant: Grant
    values: dict[str, Any]
    in_space: bool
    number: int = 0
    planted: dict[str, Any] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def plant(self, model: type[models.Model]) -> Any:
        """A row of the model that leads to the person; the one that is there when it was planted already."""
        label = model._meta.label
        if label in self.values:
            return self.values[label]
        if label not in self.planted:
            fits = FITS.get(label, {})
            given = {name: fit(self) if callable(fit) else fit for name, fit in fits.items()}
            self.begun.add(label)
            hide(model)
            row = model(**{one.name: given.get(one.name, self._value(one)) for one in _written(model)} | given)
            models.Model.save_base(row, raw=True, force_insert=True)
            self.planted[label] = row
            beside = WITH.get((self.in_space, label))
            if beside is not None and beside._meta.label not in self.begun:
                self.plant(beside)
        return self.planted[label]

    def _value(self, one: Any) -> Any:
        self.number += 1
        if one.is_relation:
            label = one.related_model._meta.label
            is_there = label in self.values or label in self.planted
            return self.plant(one.related_model) if is_there or not one.null else None
        if one.name in {"account_id", "by_account"}:
            return self.account.pk
        if one.name in {"space", "tenant_id", "subject_id"}:
            return getattr(self.grant, one.name)
        if one.choices:
            return next(code for code, _label in one.flatchoices if code not in ("", None))
        return _of_type(one, self.number)


def _written(model: type[models.Model]) -> list[Any]:
    return [
        one
        for one in model._meta.concrete_fields
        if not getattr(one, "generated", False) and not isinstance(one, models.AutoField | models.BigAutoField)
    ]


OF_TYPE: tuple[tuple[Any, Callable[[Any, int], Any]], ...] = (
    (ArrayField, lambda one, number: [_of_type(one.base_field, number)]),
    (models.JSONField, lambda _one, _number: {"canari": secrets.token_hex(6)}),
    (models.BooleanField, lambda _one, _number: True),
    (models.DateTimeField, lambda _one, number: NOON + datetime.timedelta(minutes=number)),
    (models.DateField, lambda _one, number: DAY + datetime.timedelta(days=number)),
    (models.DecimalField, lambda one, number: Decimal(number % 90 + 1).scaleb(-one.decimal_places)),
    (models.IntegerField, lambda _one, number: number % 90 + 1),
    (models.FloatField, lambda _one, number: float(number)),
    (models.GenericIPAddressField, lambda _one, number: f"192.0.2.{number % 250}"),
    (models.BinaryField, lambda _one, _number: secrets.token_bytes(32)),
)


def _of_type(one: Any, number: int) -> Any:
    for kind, make in OF_TYPE:
        if isinstance(one, kind):
            return make(one, number)
    canary = f"canari{number}{secrets.token_hex(24)}"
    return canary[: one.max_length] if one.max_length else canary
