"""The form of whoever declares a death, signed out."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.documents.fields import ProofField

MISSING = "Cette réponse manque."
NAME_MAX = 120


class DeathForm(forms.Form):
    """Who died, who declares it, and the document that shows it. What is typed is looked at by people, never by the page."""

    given_names = forms.CharField(
        label="Prénoms de la personne décédée", max_length=NAME_MAX, error_messages={"required": MISSING}
    )
    family_name = forms.CharField(
        label="Nom de la personne décédée", max_length=NAME_MAX, error_messages={"required": MISSING}
    )
    birth_date = HandwrittenDateField(label="Sa date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1945.")
    died_on = HandwrittenDateField(label="La date du décès")
    member_number = NumberAsTextField(
        label="N° adhérent", max_length=24, required=False, help_text="Si vous l’avez\u00a0: il est sur sa carte."
    )
    name = forms.CharField(
        label="Vos prénom et nom", max_length=NAME_MAX, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": MISSING},
    )  # fmt: skip
    quality = forms.CharField(
        label="Vous êtes", max_length=NAME_MAX, error_messages={"required": MISSING},
        help_text="Son conjoint, son enfant, son notaire, un proche…",
    )  # fmt: skip
    email = forms.EmailField(
        label="Votre adresse e-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": MISSING,
            "invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.",
        },
    )  # fmt: skip
    proofs = ProofField(
        label="Acte de décès",
        help_text="La mairie du lieu du décès le délivre gratuitement. PDF, JPEG ou PNG. Pas de pièce d’identité\u00a0: nous "
        "n’en demandons une qu’en cas de doute. Le document est détruit dès qu’il est vérifié.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        born, died = said.get("birth_date"), said.get("died_on")
        if died and died > timezone.localdate():
            self.add_error("died_on", "Ce jour n’est pas encore venu.")
        elif born and died and died < born:
            self.add_error("died_on", "Vérifiez ces deux dates\u00a0: la seconde vient avant la première.")
        return said

    def claim(self) -> dict[str, str]:
        """What is sealed, as the staff read it."""
        said = self.cleaned_data
        names = ("given_names", "family_name", "member_number", "name", "quality", "email")
        dates: dict[str, datetime.date | None] = {name: said.get(name) for name in ("birth_date", "died_on")}
        return {
            **{name: said.get(name, "") for name in names},
            **{name: day.isoformat() if day else "" for name, day in dates.items()},
        }
