"""The search of the archive, sent by GET, and the choice of how statements arrive."""

from typing import Any

from django import forms

UNKNOWN_CHOICE = "Choisissez dans la liste."


class SearchForm(forms.Form):
    """Every field is optional; `is_used` says whether anything is asked."""

    year = forms.TypedChoiceField(
        label="Année", required=False, coerce=int, empty_value=None, error_messages={"invalid_choice": UNKNOWN_CHOICE}
    )
    person = forms.TypedChoiceField(
        label="Personne", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "Choisissez l’une des personnes de la liste."},
    )  # fmt: skip
    text = forms.CharField(
        label="Mot ou montant", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Octobre, opticien, 23,50…"}),
        error_messages={"max_length": "Écrivez 60 caractères au plus."},
    )  # fmt: skip

    def __init__(self, data: Any, *, years: list[int], persons: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["year"].choices = [("", "Toutes"), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", "Toutes"), *persons]  # type: ignore[attr-defined]
        if len(persons) < 2:
            del self.fields["person"]

    @property
    def is_used(self) -> bool:
        """To be read once the form is valid."""
        return any(self.cleaned_data.get(name) for name in ("year", "person", "text"))


class DeliveryForm(forms.Form):
    """Online only, or on paper too."""

    delivery = forms.ChoiceField(
        label="Comment recevoir vos relevés",
        choices=[
            ("online", "En ligne, sans papier"),
            ("paper", "En ligne et par courrier"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’une des deux réponses.", "invalid_choice": UNKNOWN_CHOICE},
    )

    @property
    def online(self) -> bool:
        """To be read once the form is valid."""
        return bool(self.cleaned_data["delivery"] == "online")
