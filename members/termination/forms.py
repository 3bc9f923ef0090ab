"""The last day, when the earliest one does not suit; and the member's word that they have read what it changes."""

import datetime
from typing import Any

from django import forms

from members.termination.rules import DayRefused, Standing, check_last_day
from portals.presentation.dates import TypedDateField
from portals.presentation.formats import long_date


class TerminationForm(forms.Form):
    """Empty, the day is the earliest that the law gives."""

    ends_on = TypedDateField(label="Dernier jour du contrat", required=False)
    is_understood = forms.BooleanField(
        label="J’ai lu ce que la fin du contrat change pour moi et pour les personnes couvertes",
        error_messages={"required": "Cochez la case une fois les conséquences lues."},
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.fields[
            "ends_on"
        ].help_text = (
            f"Vide\u00a0: le {long_date(standing.earliest)}, un mois après votre demande. Plus tard, si vous préférez."
        )

    def clean_ends_on(self) -> datetime.date:
        wanted: datetime.date = self.cleaned_data["ends_on"] or self.standing.earliest
        try:
            return check_last_day(self.standing, wanted)
        except DayRefused:
            first, last = long_date(self.standing.earliest), long_date(self.standing.latest)
            raise forms.ValidationError(f"Choisissez un jour entre le {first} et le {last}.") from None
