"""The filters of the benefit list. Sent by GET: what was typed stays in the address and in the fields."""

from typing import Any

from django import forms

from members.benefits.models import ActFamily
from members.benefits.queries import EXPECTED, PAID, Filters
from members.households.rules import Viewpoint, listed
from portals.presentation.dates import TypedDateField

NAMES_IN_A_CHOICE = 2  # more would be cut on a narrow field
UNKNOWN_CHOICE = "Choisissez dans la liste."


class FilterForm(forms.Form):
    """Every field is optional; `filters` is what they say together."""

    person = forms.TypedChoiceField(
        label="Personne", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "Choisissez l’une des personnes de la liste."},
    )  # fmt: skip
    start = TypedDateField(label="Soins du", required=False)
    end = TypedDateField(label="Jusqu’au", required=False)
    family = forms.ChoiceField(label="Famille", required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE})
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), (PAID, "Versé"), (EXPECTED, "Prévu")],
        error_messages={"invalid_choice": UNKNOWN_CHOICE},
    )  # fmt: skip
    text = forms.CharField(
        label="Mot", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Dr, acte…"}),
        error_messages={"max_length": "Écrivez 60 caractères au plus."},
    )  # fmt: skip

    def __init__(self, data: Any, *, viewpoint: Viewpoint) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.viewpoint = viewpoint
        names = [(person.id, person.first_name) for person in viewpoint.seen]
        everybody = listed([name for _, name in names]) if len(names) <= NAMES_IN_A_CHOICE else "Toutes"
        self.fields["person"].choices = [("", everybody), *names]  # type: ignore[attr-defined]
        if len(names) == 1:
            del self.fields["person"]
        families = ActFamily.objects.values_list("code", "label")
        self.fields["family"].choices = [("", "Toutes"), *families]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "La fin vient avant le début de la période.")
        return cleaned

    @property
    def filters(self) -> Filters:
        """To be read once the form is valid."""
        said = self.cleaned_data
        return Filters(
            person_id=said.get("person"),
            start=said["start"],
            end=said["end"],
            family=said["family"],
            state=said["state"],
            text=said["text"],
        )

    @property
    def persons(self) -> str:
        """Whose lines are asked for, `Alice et Inès`. To be read once the form is valid."""
        asked = self.cleaned_data.get("person")
        return listed([person.first_name for person in self.viewpoint.seen if asked in (None, person.id)])
