"""Which models leave a history, and which of their columns are named without their values: from the declarations."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from portals.declarations import Fields, Sensitivity, Subject
from privacy.register.checks import OWN_APPS, declaration_of

APPEND_ONLY = frozenset(
    {
        "portals.Acceptance", "privacy.Entry", "privacy.FieldChange", "privacy.RowChange", "privacy.RowCreation",
        "privacy.Restoration", "privacy.IncidentStep", "privacy.MedicalConsent", "privacy.Directives",
        "privacy.EstateLetter",
        "privacy.CharterVersion", "privacy.CharterAcknowledgement", "privacy.AwarenessResult",
        "privacy.CaseStep",
        "privacy.SuspicionReport",
    }
)  # fmt: skip
"""Rows that say by themselves who wrote them and when, and that `app` can neither change nor rewrite."""

WALLED = {
    "privacy.Investigation", "privacy.CaseSubject", "privacy.Exhibit", "privacy.ScreeningFlag", "privacy.Disclosure",
    "privacy.DisclosedSubject",
}  # fmt: skip
"""Behind walls that readers of the history do not cross: a copy of their past would be read there, and would outlive a file
that was destroyed. Their own steps, which nobody rewrites, say who did what."""

PASSING = {
    "privacy.RetentionRun": "its own row says who asked, when, and when it ended",
    "portals.AccountSession": "touched by each page; its own rows say when it began, was last seen and ended",
    "portals.KnownNetwork": "a digest and its last use, kept by the security log's own term",
    "portals.MailCode": "a code of ten minutes",
    "portals.WritingDraft": "what a person is still writing, erased when it is sent",
    "privacy.Answered": "that an account has answered a consultation, destroyed when the answers are counted",
    "employers.WorkforceDraft": "a file being read, sealed, erased when it is confirmed",
    "employers.DsnDraft": "a file being read, sealed, erased when it is confirmed",
}
"""Models that hold something personal for a moment, each with the reason why its past is not kept."""

WITHHELD = frozenset({Sensitivity.HEALTH, Sensitivity.BANKING, Sensitivity.SECRET})
"""What the history page names without showing it: staff who look for an undesired change do not read care."""


@dataclass(frozen=True)
class Followed:
    """A model and its columns. `by_events`: its changes go to the event table of `portals.history.track`."""

    model: type[models.Model]
    secret: frozenset[str]
    by_events: bool

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of the key."""
        return str(self.model._meta.pk.column)

    @property
    def has_numbers(self) -> bool:
        return isinstance(self.model._meta.pk, models.BigAutoField | models.OneToOneField)


def followed() -> list[Followed]:
    """Every personal or money model but those above, in the order of the apps."""
    left_out = APPEND_ONLY | WALLED | PASSING.keys()
    return [one for one in _models() if one.label not in left_out]


def followed_named(label: str) -> Followed:
    """Raises LookupError for a model without history."""
    found = next((one for one in followed() if one.label == label), None)
    if found is None:
        raise LookupError(label)
    return found


def columns_of(one: Followed) -> dict[str, Sensitivity]:
    """The columns of a model, with how sensitive each is declared to be."""
    declared = _declared(one.model)
    return {
        str(field.column): sensitivity
        for kind, names in declared.items()
        for sensitivity in (kind.sensitivity,)
        for field in one.model._meta.concrete_fields
        if field.name in names
    }


def _models() -> Iterator[Followed]:
    every = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models()]
    tracked = {model.pgh_tracked_model for model in every if hasattr(model, "pgh_tracked_model")}
    for model in every:
        if (
            hasattr(model, "pgh_tracked_model")
            or not model._meta.managed
            or not (_is_personal(model) or _is_money(model))
        ):
            continue
        yield Followed(model, frozenset(_secret(model)), model in tracked)


def _declared(model: type[models.Model]) -> Fields:
    return declaration_of(model._meta.app_label).get(model._meta.label, {})


def _is_personal(model: type[models.Model]) -> bool:
    return any(kind.subject != Subject.NOBODY for kind in _declared(model))


def _is_money(model: type[models.Model]) -> bool:
    return any(isinstance(field, models.DecimalField) for field in model._meta.concrete_fields)


def _secret(model: type[models.Model]) -> Iterator[str]:
    """Sealed bytes and secrets: a copy of them would outlive the key or the password."""
    for kind, names in _declared(model).items():
        for field in model._meta.concrete_fields:
            if field.name in names and (
                kind.sensitivity == Sensitivity.SECRET or isinstance(field, models.BinaryField)
            ):
                yield str(field.column)
