"""Which day, and which of several policies, guarantees are asked for. Sent by GET."""

import datetime
from typing import Any

from django import forms

from portals.presentation.dates import TypedDateField

YEARS_BACK, YEARS_AHEAD = 10, 1


class DayForm(forms.Form):
    """A day, today when it is left empty."""

    date = TypedDateField(label="À la date du", required=False)

    def __init__(self, data: Any, *, today: datetime.date) -> None:
        super().__init__(data, auto_id="day_%s")
        self.today = today
        self.fields["date"].widget.attrs["placeholder"] = f"{today:%d/%m/%Y}"

    def clean_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["date"]
        first, last = self.today.year - YEARS_BACK, self.today.year + YEARS_AHEAD
        if day and not first <= day.year <= last:
            raise forms.ValidationError(f"Choisissez une date entre {first} et {last}.")
        return day

    @property
    def asked(self) -> datetime.date | None:
        """The day that was asked for; None when there is none, or it cannot be read."""
        day: datetime.date | None = self.cleaned_data.get("date") if self.is_valid() else None
        return day
