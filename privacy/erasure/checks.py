"""A model that holds something personal and that no erasure reaches stops the build, unless a reason says why."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from portals.declarations import Erasure
from privacy.erasure.emptying import Unemptiable, blank_of
from privacy.erasure.planning import declared_of
from privacy.erasure.registry import Reach, exemptions, reaches
from privacy.register.checks import OWN_APPS, declaration_of

HISTORY = "Event"
"""Tables of past versions follow the model that they belong to."""


def personal_fields(label: str) -> list[str]:
    """The fields of a model about which an erasure has to decide."""
    declared = declaration_of(label.split(".", maxsplit=1)[0])[label]
    return [name for kind, names in declared.items() if kind.erasure != Erasure.NOT_PERSONAL for name in names]


def personal_models() -> list[str]:
    """Every model with such a field, tables of past versions apart."""
    labels = [label for app in OWN_APPS for label in declaration_of(app)]
    return [
        label
        for label in labels
        if personal_fields(label) and not (label.endswith(HISTORY) and label.removesuffix(HISTORY) in labels)
    ]


@register()
def every_personal_model_is_reached(
    app_configs: Sequence[AppConfig] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Each is reached or exempt, once; and each field that goes while its row stays can be emptied."""
    reached, exempt = {reach.label: reach for reach in reaches()}, exemptions()
    errors: list[CheckMessage] = [
        Error(f"{label} holds personal data and no erasure reaches it.", id="privacy.E010")
        for label in personal_models()
        if label not in reached and label not in exempt
    ]
    errors += [
        Error(f"{label} is both reached and exempt from erasure.", id="privacy.E011")
        for label in reached
        if label in exempt
    ]
    for reach in reached.values():
        errors += [
            Error(f"{reach.label}.{name} is to be emptied, and nothing says what it then holds.", id="privacy.E012")
            for name in emptied_alone(reach)
            if not _can_be_emptied(reach, name)
        ]
    return errors


def emptied_alone(reach: Reach) -> list[str]:
    """The fields that may go while the law keeps others of the same row."""
    if reach.goes_whole:
        return []
    declared = declared_of(reach.label)
    gone = {Erasure.DELETE, Erasure.ANONYMISE}
    going = [name for kind, names in declared.items() if kind.erasure in gone for name in names]
    keeps = reach.stays or any(kind.erasure not in gone | {Erasure.NOT_PERSONAL} for kind in declared)
    return [name for name in going if name not in reach.kept] if keeps else []


def _can_be_emptied(reach: Reach, name: str) -> bool:
    if name in reach.blanks:
        return True
    try:
        blank_of(apps.get_model(reach.label)._meta.get_field(name))
    except Unemptiable:
        return False
    return True
