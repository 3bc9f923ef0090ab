"""For whom, and at which date."""

import datetime
from typing import Any

from django import forms

from members.households.rules import HouseholdPerson
from portals.presentation.dates import TypedDateField

YEARS_BACK = 10


class CertificateForm(forms.Form):
    """The person, among those of the page, and a day: today when it is left empty."""

    person = forms.TypedChoiceField(
        label="Pour", coerce=int, error_messages={"invalid_choice": "Choisissez l’une des personnes de la liste."}
    )
    day = TypedDateField(label="Droits à la date du", required=False, help_text="Vide\u00a0: aujourd’hui.")

    def __init__(self, *args: Any, persons: tuple[HouseholdPerson, ...], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons, self.today = persons, today
        names = [(person.id, person.full_name) for person in persons]
        self.fields["person"].choices = names  # type: ignore[attr-defined]  # a choice field, as declared above
        if len(names) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.fields["person"].initial = names[0][0]

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"] or self.today
        if not self.today.year - YEARS_BACK <= day.year:
            raise forms.ValidationError(f"Nous attestons des droits à partir de {self.today.year - YEARS_BACK}.")
        if day > self.today:
            raise forms.ValidationError(
                "Nous n’attestons que de ce qui est acquis\u00a0: choisissez aujourd’hui ou avant."
            )
        return day

    @property
    def chosen(self) -> HouseholdPerson:
        """Who was chosen, once the form is valid."""
        return next(person for person in self.persons if person.id == self.cleaned_data["person"])
