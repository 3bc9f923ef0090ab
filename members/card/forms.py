"""Which card is asked for. Sent by GET: another date, another person."""

import datetime
from typing import Any

from django import forms

from members.households.rules import HouseholdPerson
from portals.presentation.dates import TypedDateField

YEARS_BACK, YEARS_AHEAD = 10, 2


class CardForm(forms.Form):
    """Both answers are optional: today, and everybody whose card one may see."""

    date = TypedDateField(label="Carte au", required=False)
    person = forms.TypedChoiceField(
        label="Pour", required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": "Choisissez l’une des personnes de la liste."},
    )  # fmt: skip

    def __init__(self, data: Any, *, persons: tuple[HouseholdPerson, ...], today: datetime.date) -> None:
        super().__init__(data, auto_id="card_%s")
        self.persons, self.today = persons, today
        names = [(person.id, person.first_name) for person in persons]
        self.fields["person"].choices = [("", "Toute la famille"), *names]  # type: ignore[attr-defined]
        self.fields["date"].widget.attrs["placeholder"] = f"{today:%d/%m/%Y}"
        if len(names) == 1:
            del self.fields["person"]

    def clean_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["date"]
        if day and not self.today.year - YEARS_BACK <= day.year <= self.today.year + YEARS_AHEAD:
            first, last = self.today.year - YEARS_BACK, self.today.year + YEARS_AHEAD
            raise forms.ValidationError(f"Choisissez une date entre {first} et {last}.")
        return day

    @property
    def day(self) -> datetime.date:
        """The date asked for; today when there is none, or it cannot be read."""
        asked: datetime.date | None = self.cleaned_data.get("date") if self.is_valid() else None
        return asked or self.today

    @property
    def chosen(self) -> HouseholdPerson | None:
        asked = self.cleaned_data.get("person") if self.is_valid() else None
        return next((person for person in self.persons if person.id == asked), None)
