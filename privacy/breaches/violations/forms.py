"""The forms of a breach."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.gestion.forms import DAY_FORMATS, DAY_HINT
from privacy.breaches.forms import InstantField, WordsField
from privacy.breaches.violations.models import (
    Breach,
    Cause,
    DataCategory,
    Exemption,
    Nature,
    PersonCategory,
    Risk,
)

MESSAGE = (
    "Des informations vous concernant ont été vues par quelqu’un qui n’en avait pas le droit. Nous avons arrêté l’accès en"
    " cause dès que nous l’avons découvert, et nous l’avons signalé à la CNIL.\n\nMéfiez-vous des appels, SMS et e-mails"
    " qui citeraient votre mutuelle ou vos garanties\u00a0: nous ne demandons jamais ni mot de passe, ni coordonnées"
    " bancaires. Signalez-nous tout message douteux."
)


class ManyField(forms.MultipleChoiceField):
    """Several of a list, ticked."""

    def __init__(self, label: str, choices: Any) -> None:
        super().__init__(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class DescriptionForm(forms.Form):
    """What is known so far. Everything may stay empty: what is missing is filed later (RGPD, art. 33.4)."""

    began_at = InstantField("Début des faits", required=False)
    ended_at = InstantField("Fin des faits", required=False)
    natures = ManyField("Nature", Nature.choices)
    cause = forms.ChoiceField(label="Origine", choices=[("", "Choisissez"), *Cause.choices], required=False)
    circumstances = WordsField("Ce qui est arrivé", required=False)
    data_categories = ManyField("Données concernées", DataCategory.choices)
    person_categories = ManyField("Personnes concernées", PersonCategory.choices)
    persons_count = forms.IntegerField(label="Nombre de personnes, environ", min_value=0, required=False)
    records_count = forms.IntegerField(label="Nombre d’enregistrements, environ", min_value=0, required=False)
    consequences = WordsField("Conséquences probables", required=False)
    measures_taken = WordsField("Mesures prises", required=False)
    measures_planned = WordsField("Mesures prévues", required=False)
    processor = forms.CharField(label="Sous-traitant en cause", max_length=160, required=False)
    other_countries = forms.CharField(label="Autres pays concernés", max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        begun, ended = said.get("began_at"), said.get("ended_at")
        if ended and (begun is None or ended < begun):
            self.add_error("ended_at", "La fin vient après le début.")
        return said


def description_of(data: Any, breach: Breach) -> DescriptionForm:
    """The form on what is written already."""
    initial = {name: getattr(breach, name) for name in DescriptionForm.base_fields}
    for name in ("began_at", "ended_at"):
        initial[name] = timezone.localtime(initial[name]) if initial[name] else None
    return DescriptionForm(data, initial=initial)


class RiskForm(forms.Form):
    risk = forms.ChoiceField(label="Risque pour les personnes", choices=Risk.choices, widget=forms.RadioSelect)
    reason = WordsField(
        "Pourquoi", help_text="Nature des données, facilité d’identifier, gravité, nombre, mesures prises."
    )


class PrepareForm(forms.Form):
    late_reason = WordsField(
        "Motif du retard",
        required=False,
        help_text="Seulement si les 72\u00a0heures sont passées (RGPD, article 33.1).",
    )


class FiledForm(forms.Form):
    """What the authority's own page answered."""

    filed_at = InstantField("Déposé le")
    receipt = forms.CharField(label="N° de récépissé", max_length=60)
    late_reason = WordsField("Motif du retard", required=False, help_text="Si le dépôt a eu lieu après l’échéance.")


class PersonsForm(forms.Form):
    """Whoever the journal cannot know: a letter sent to somebody else, a lost paper, a list of users."""

    numbers = WordsField(
        "N° d’adhérent, de contrat, ou identifiant de compte",
        help_text=(
            "Un par ligne. Un n° d’adhérent ou de contrat ajoute toutes les personnes du foyer\u202f; un identifiant"
            " (10\u00a0chiffres) ajoute son titulaire, dans quelque espace qu’il soit."
        ),
    )

    def clean_numbers(self) -> list[str]:
        lines = str(self.cleaned_data["numbers"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class TellForm(forms.Form):
    """What everybody reads."""

    message = WordsField(
        "Message aux personnes",
        rows=8,
        help_text=(
            "En mots simples\u00a0: ce qui est arrivé, ce que vous avez fait, ce qu’elles peuvent faire. Les données"
            " concernées, les conséquences, les mesures et les contacts s’ajoutent d’eux-mêmes (RGPD, article 34.2)."
        ),
    )
    letters = forms.ChoiceField(
        label="Lettres",
        choices=[("missing", "À qui n’a ni compte ni e-mail"), ("all", "À tout le monde")],
        widget=forms.RadioSelect,
        initial="missing",
    )


class ExemptForm(forms.Form):
    """Why they are not told one by one."""

    exemption = forms.ChoiceField(
        label="Dispense (RGPD, article 34.3)", choices=Exemption.choices, widget=forms.RadioSelect
    )
    reason = WordsField("Pourquoi")
    public_notice = WordsField(
        "Communication publique",
        required=False,
        help_text="Obligatoire pour un effort disproportionné\u00a0: où et comment.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("exemption") == Exemption.DISPROPORTIONATE and not said.get("public_notice"):
            self.add_error("public_notice", "Dites comment les personnes sont informées publiquement.")
        return said


class LessonsForm(forms.Form):
    lessons = WordsField("Ce qui change ensuite")


class PostedForm(forms.Form):
    posted_on = forms.DateField(label="Postées le", input_formats=DAY_FORMATS, help_text=DAY_HINT)

    def clean_posted_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["posted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day
