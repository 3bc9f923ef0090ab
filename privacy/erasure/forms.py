"""What the data protection officer confirms and writes."""

import datetime

from django import forms
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField


class OrderForm(forms.Form):
    """The plan was read. Its fingerprint comes back with the answer: another plan is not what was read."""

    understood = forms.BooleanField(
        label="J’ai lu le plan. Ce qui est effacé ne revient pas : après une restauration, l’effacement est refait.",
        error_messages={"required": "Cochez cette case pour donner l’ordre."},
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)


class HoldForm(forms.Form):
    """Why something is kept beyond the law's own delay, and until when."""

    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Le litige ou l’enquête, sans donnée de santé\u00a0: la personne peut la lire.",
        error_messages={"required": "Dites pourquoi ces données sont conservées."},
    )  # fmt: skip
    until = HandwrittenDateField(label="Jusqu’au", help_text="Le dernier jour de conservation. Il pourra être avancé.")

    def clean_until(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Ce jour est passé\u00a0: donnez un jour à venir.")
        return day
