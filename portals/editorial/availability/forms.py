"""What staff say of an interruption. Instants are Paris time."""

import datetime

from django import forms
from django.utils import timezone

from portals.editorial.availability.models import Nature
from portals.editorial.information.typesetting import typeset

INSTANT_FORMATS = ["%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]
HINT = "JJ/MM/AAAA HH:MM, heure de Paris."


def instant(label: str, *, required: bool = True, hint: str = HINT) -> forms.DateTimeField:
    """A typed instant."""
    return forms.DateTimeField(
        label=label,
        required=required,
        input_formats=INSTANT_FORMATS,
        help_text=hint,
        widget=forms.TextInput(attrs={"placeholder": "JJ/MM/AAAA HH:MM", "autocomplete": "off"}),
    )


class InterruptionForm(forms.Form):
    """A maintenance to come or an incident."""

    nature = forms.ChoiceField(label="De quoi s’agit-il", choices=[("", "Choisissez"), *Nature.choices])
    begins_at = instant("Début")
    ends_at = instant("Fin", required=False, hint=f"{HINT} Rien tant qu’un incident dure.")
    impact = forms.CharField(
        label="Ce qui est touché",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tout le monde le lira\u00a0: ce qui ne marche pas, en mots simples.",
    )

    def clean_impact(self) -> str:
        return typeset(self.cleaned_data["impact"])


class EndForm(forms.Form):
    """When an incident ended."""

    ends_at = instant("Fin de l’incident")

    def clean_ends_at(self) -> datetime.datetime:
        ends_at: datetime.datetime = self.cleaned_data["ends_at"]
        if ends_at > timezone.now():
            raise forms.ValidationError("Cet instant n’est pas encore passé.")
        return ends_at
