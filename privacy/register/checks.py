"""A field that nobody classified stops the build: personal data is declared, not remembered."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from django import forms
from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from portals.declarations import Declaration
from portals.declarations.collection import NoPurpose, purpose_of

OWN_APPS = ("portals", "privacy", "members", "employers", "providers")


def declaration_of(app_label: str) -> Declaration:
    """The app's `personal_data.DECLARATION`."""
    declaration: Declaration = import_module(f"{app_label}.personal_data").DECLARATION
    return declaration


@register()
def every_field_is_classified(app_configs: Sequence[AppConfig] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Each concrete field of each model is classified exactly once; nothing is classified that does not exist."""
    errors: list[CheckMessage] = []
    for label in OWN_APPS:
        declaration = declaration_of(label)
        models = {model._meta.label: model for model in apps.get_app_config(label).get_models()}
        errors += [
            Error(f"{name} is declared in personal_data but is no model.", id="privacy.E003")
            for name in declaration.keys() - models.keys()
        ]
        for name, model in models.items():
            declared = [field for fields in declaration.get(name, {}).values() for field in fields]
            concrete = {field.name for field in model._meta.concrete_fields}
            errors += [
                Error(f"{name}.{field} is not classified in {label}/personal_data.py.", obj=model, id="privacy.E001")
                for field in sorted(concrete - set(declared))
            ]
            errors += [
                Error(f"{name}.{field} is classified but does not exist, or twice.", obj=model, id="privacy.E002")
                for field in sorted({field for field in declared if field not in concrete or declared.count(field) > 1})
            ]
    return errors


@register()
def every_form_has_its_purpose(app_configs: Sequence[AppConfig] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Each form of ours says which purpose of the register it serves; forms that no page has imported yet are not seen."""
    return [
        Error(f"{form.__module__}.{form.__qualname__} has no purpose in COLLECTS.", id="privacy.E004")
        for form in forms_of(forms.BaseForm)
        if form.__module__.partition(".")[0] in OWN_APPS and not _has_purpose(form)
    ]


def forms_of(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Every form class that descends from this one."""
    for form in kind.__subclasses__():
        yield form
        yield from forms_of(form)


def _has_purpose(form: type[forms.BaseForm]) -> bool:
    try:
        purpose_of(form)
    except NoPurpose:
        return False
    return True
