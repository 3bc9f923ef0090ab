"""What staff write to publish a version of a legal page."""

import datetime

from django import forms
from django.utils import timezone

from portals.presentation.dates import TypedDateField
from portals.terms.markup import MarkupRefused, check


class PublicationForm(forms.Form):
    """The text in the little HTML of the terms, what changes in plain words, and the day it takes effect."""

    text = forms.CharField(label="Texte (HTML)", widget=forms.Textarea(attrs={"rows": 30}))
    changes = forms.CharField(
        label="Ce qui change (HTML)",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="En mots simples\u00a0: c’est ce que chacun lira en premier.",
    )
    effective_on = TypedDateField(
        label="En vigueur le (à 0 h)", required=False, help_text="JJ/MM/AAAA. Sans date, à la publication."
    )

    def clean_text(self) -> str:
        return self._checked("text")

    def clean_changes(self) -> str:
        return self._checked("changes")

    def effective_at(self) -> datetime.datetime | None:
        """The instant at which the chosen day begins in Paris."""
        day: datetime.date | None = self.cleaned_data["effective_on"]
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None

    def _checked(self, name: str) -> str:
        written: str = self.cleaned_data[name].replace("\r\n", "\n").strip()
        try:
            check(written)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return written
