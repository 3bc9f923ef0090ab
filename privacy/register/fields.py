"""The fields of the DPO's forms: the processings concerned, a day, a piece of evidence."""

from collections.abc import Callable
from typing import Any

from django import forms

from portals.documents.publication import PublishedPdfField
from portals.presentation.dates import TypedDateField
from privacy.register.declared import CHOICES


class ProcessingsField(forms.MultipleChoiceField):
    """One or more processings of the register; a code that it does not have is refused (CGU-8.4)."""

    def __init__(self) -> None:
        super().__init__(label="Traitements", choices=CHOICES, widget=forms.CheckboxSelectMultiple)


class DayField(TypedDateField):
    """A day, typed."""

    def __init__(self, label: str, *, required: bool = True) -> None:
        super().__init__(label=label, required=required)


def named(field: Any, name: Callable[[Any], str]) -> Any:
    """A choice of rows by the name that `name` gives; `__str__` is for the code. Drawn as a plain list, without popups."""
    if field is not None:
        field.label_from_instance = name
        field.widget = forms.Select(choices=field.choices)
    return field


class EvidenceField(PublishedPdfField):
    """A PDF that proves something; None without one."""

    def __init__(self) -> None:
        super().__init__(label="Preuve (PDF)", required=False, help_text="10 Mo au plus.")

    def clean(self, data: Any, initial: Any = None) -> bytes | None:  # type: ignore[override]  # there may be none
        return super().clean(data, initial) if data else None
