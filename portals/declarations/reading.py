"""What the declarations say of a model, read from the `personal_data.py` of its app."""

from functools import cache
from importlib import import_module
from typing import Any

from django.db import models

from portals.declarations import Classified, Declaration, Export, Fields

type Field = "models.Field[Any, Any]"


@cache
def declared_of(model: type[models.Model]) -> Fields:
    """Classification → fields of one model; nothing for a model that no app of ours declares."""
    declaration: Declaration = import_module(f"{model._meta.app_label}.personal_data").DECLARATION
    return declaration.get(model._meta.label, {})


@cache
def exported(model: type[models.Model]) -> tuple[tuple[Field, Classified], ...]:
    """The fields that are given back to the person, in the order of the model, with their classification."""
    kinds = {name: kind for kind, names in declared_of(model).items() if kind.export != Export.NONE for name in names}
    return tuple((field, kinds[field.name]) for field in model._meta.concrete_fields if field.name in kinds)
