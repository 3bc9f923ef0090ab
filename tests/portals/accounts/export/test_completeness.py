"""Nothing that is declared exported is missing from the package: each field of each model of the five apps."""

import dataclasses
import io
import json
import zipfile
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.registry import ACCOUNT, Scope, Told, every_told, told_of
from portals.accounts.export.telling import columns_of, past_of, values_of
from portals.accounts.export.writing import write_part
from portals.accounts.models import Account
from portals.declarations import Export
from tests.cast import Cast
from tests.portals.accounts.export.planting import Ground

pytestmark = [pytest.mark.commitment("PDP-8.1", "PDP-8.7", "CGU-8.8")]

APPS = ("portals", "privacy", "members", "employers", "providers")
PARTS = {
    ACCOUNT: "alice_account",
    "adherent": "alice_account",
    "employeur": "company_account",
    "professionnel": "professional_account",
}
"""Whose package is looked into for each part."""


def declared() -> list[Any]:
    """Each exported field of each model, read from the declarations themselves."""
    found = []
    for app in APPS:
        declaration = import_module(f"{app}.personal_data").DECLARATION
        for label, kinds in declaration.items():
            names = [name for kind, names in kinds.items() if kind.export != Export.NONE for name in names]
            found += [pytest.param(label, name, id=f"{label}.{name}") for name in names]
    return found


def told_models() -> set[type[models.Model]]:
    told = every_told()
    return {one.model for one in told} | {past.model for one in told if (past := past_of(one)) is not None}


@pytest.mark.parametrize(("label", "name"), declared())
def test_each_declared_field_is_told(label: str, name: str) -> None:
    model = apps.get_model(label)
    assert model in told_models(), "register_rows: nobody tells this model"
    column = next(column for column in columns_of(model) if column.name == name)
    assert column.label
    if isinstance(model._meta.get_field(name), models.BinaryField):
        sealed = [told for told in every_told() if told.model is model]
        assert all(name in told.reads for told in sealed), "a sealed value is read before it is told"


def cases() -> list[Any]:
    return [pytest.param(part, told, id=f"{part}-{told.model._meta.label}") for part in PARTS for told in told_of(part)]


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "told"), cases())
def test_a_row_of_each_model_is_found_and_told_whole(part: str, told: Told, cast: Cast) -> None:
    account: Account = getattr(cast, PARTS[part])
    grant = Grant.objects.get(account=account)
    scope = Scope(account, [grant])
    with transaction.atomic():
        with isolation.system():
            row = _ground(cast, account, grant, part).plant(told.model)
        with (
            isolation.system() if part == ACCOUNT or told.elsewhere else isolation.tenant(grant.space, grant.tenant_id)
        ):
            found = told.rows(scope).filter(pk=row.pk).first()
            assert found is not None, "the rows of the package do not hold it"
            reads = {name: (lambda _row, name=name: f"lu:{name}") for name in told.reads}
            read = dataclasses.replace(told, reads=reads)
            _compare(read, row, values_of(read, found, account))
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as archive:
                plain = dataclasses.replace(read, document=None)
                write_part(archive, "partie", {}, [plain], Scope(account, [grant]))
        transaction.set_rollback(True)  # nothing was meant to be coherent
    book = json.loads(zipfile.ZipFile(target).read("partie/donnees.json"))
    assert set(book["models"][told.model._meta.label]["fields"]) == {column.key for column in columns_of(told.model)}
    assert book["models"][told.model._meta.label]["rows"]


def _ground(cast: Cast, account: Account, grant: Grant, part: str) -> Ground:
    values = {
        "portals.Account": account,
        "portals.Grant": grant,
        "members.Person": cast.alice,
        "members.Household": cast.alice.household,
        "employers.Company": cast.company,
        "providers.Professional": cast.professional,
    }
    return Ground(account, grant, values, in_space=part != ACCOUNT)


def _compare(told: Told, planted: Any, values: dict[str, Any]) -> None:
    for column in columns_of(told.model):
        if column.name in told.reads:
            assert values[column.name] == f"lu:{column.name}"
        elif column.is_account:
            assert values[column.name] in {None, "self", "other"}
        else:
            assert values[column.name] == getattr(planted, column.attribute), column.name
