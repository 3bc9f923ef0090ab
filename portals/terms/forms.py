"""The form under the text of the terms."""

from typing import Any

from django import forms

from portals.terms.models import Capacity
from portals.terms.wording import LABEL


class AcceptanceForm(forms.Form):
    """No answer is given beforehand, the box least of all; its label is verbatim (CGU-2.9). `version`: the text that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    capacity = forms.ChoiceField(
        label="Votre capacité à accepter",
        choices=Capacity,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites-nous à quel titre vous acceptez les CGU."},
    )
    representative_name = forms.CharField(
        label="Nom de la personne qui vous y autorise",
        required=False,
        max_length=160,
        help_text="À remplir seulement si vous êtes mineur, sous tutelle ou sous curatelle.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    accept = forms.BooleanField(
        label=LABEL,
        label_suffix="",
        error_messages={
            "required": "Cochez cette case pour continuer\u00a0: sans elle, aucun service ne peut s’ouvrir."
        },
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_adult = answers.get("capacity") == Capacity.ADULT
        if "capacity" in answers and not is_adult and not answers.get("representative_name", "").strip():
            self.add_error("representative_name", "Nommez la personne qui vous autorise à accepter les CGU.")
        return answers
