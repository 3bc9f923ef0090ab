"""The filters of the list of invoices. They are sent by POST: the number of a patient never stands in an address."""

from typing import Any

from django import forms

from portals.presentation.dates import TypedDateField
from providers.invoices.models import Standing
from providers.invoices.queries import Filters

TOO_LONG = {"max_length": "Ce texte est trop long."}
STANDINGS = [("", "Tous"), *Standing.choices]
INTERVALS = (("care_from", "care_to"), ("received_from", "received_to"))


class FilterForm(forms.Form):
    """Every field is optional; `filters` is what they say together."""

    state = forms.ChoiceField(
        label="État",
        required=False,
        choices=STANDINGS,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    received_from = TypedDateField(label="Reçues du", required=False)
    received_to = TypedDateField(label="Reçues jusqu’au", required=False)
    care_from = TypedDateField(label="Soins du", required=False)
    care_to = TypedDateField(label="Soins jusqu’au", required=False)
    batch = forms.CharField(label="N°\u00a0de lot", required=False, max_length=20, error_messages=TOO_LONG)
    number = forms.CharField(label="N°\u00a0de facture", required=False, max_length=40, error_messages=TOO_LONG)
    member = forms.CharField(
        label="N°\u00a0adhérent",
        required=False,
        max_length=20,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")

    def clean_member(self) -> str:
        """Spaces are how people read a number out."""
        return "".join(str(self.cleaned_data["member"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for start, end in INTERVALS:
            if cleaned.get(start) and cleaned.get(end) and cleaned[end] < cleaned[start]:
                self.add_error(end, "La fin vient avant le début de la période.")
        return cleaned

    @property
    def filters(self) -> Filters:
        """To be read once the form is valid."""
        said = self.cleaned_data
        return Filters(
            standing=said["state"],
            care_from=said["care_from"],
            care_to=said["care_to"],
            received_from=said["received_from"],
            received_to=said["received_to"],
            batch=said["batch"],
            number=said["number"],
            member=said["member"],
        )
