"""The criteria of a campaign. None is about care: no such field exists, and the database would refuse the question."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from members.coverage.models import Plan, PlanKind

DEPARTMENT = re.compile(r"(?:\d{2,3}|2[AB])")


class SegmentForm(forms.Form):
    """Everything is optional: nothing chosen is everybody of age."""

    kind = forms.ChoiceField(label="Contrat", required=False, choices=[("", "Tous"), *PlanKind.choices])
    plans = forms.MultipleChoiceField(label="Formules", required=False, widget=forms.CheckboxSelectMultiple)
    holders = forms.BooleanField(label="Seulement les adhérents, sans leurs proches", required=False)
    age_from = forms.IntegerField(label="Âge, à partir de", required=False, min_value=18, max_value=120)
    age_to = forms.IntegerField(label="Âge, jusqu’à", required=False, min_value=18, max_value=120)
    departments = forms.CharField(
        label="Départements",
        required=False,
        max_length=200,
        help_text="Leurs numéros, séparés par une virgule\u00a0: 29, 56.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = self.fields["plans"]
        if isinstance(plans, forms.MultipleChoiceField):
            plans.choices = [
                (code, f"{name} ({code})")
                for code, name in Plan.objects.order_by("name", "plan_code").values_list("plan_code", "name")
            ]


def wrong(said: Mapping[str, Any]) -> dict[str, str]:
    """What does not go together, by field."""
    faults = {}
    if said.get("age_from") and said.get("age_to") and said["age_from"] > said["age_to"]:
        faults["age_to"] = "Cet âge est plus petit que l’autre."
    if any(not DEPARTMENT.fullmatch(code) for code in _departments(said.get("departments") or "")):
        faults["departments"] = "Écrivez des numéros de département\u00a0: 29, 2A, 974."
    return faults


def kept(said: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON."""
    return {**said, "departments": ", ".join(_departments(said.get("departments") or ""))}


def departments_of(criteria: Mapping[str, Any]) -> list[str]:
    return _departments(criteria.get("departments", ""))


def _departments(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]
