"""The forms of the sealed pages. What is typed is sealed at once: no draft, no copy in the session, nothing shown back."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.documents.fields import ProofField
from privacy.vault.models import Cover
from privacy.vault.texts import CONSENT_TEXT, LETTER_TEXT

MISSING = "Cette réponse manque."
TEXT_MAX = 4000
YES_NO = [("no", "Non"), ("yes", "Oui")]
CONSENT_NEEDED = "Sans votre accord, nous ne recueillons rien\u00a0: cochez la case, ou quittez cette page."
QUESTIONS: dict[str, str] = {
    "off_work": "Êtes-vous aujourd’hui en arrêt de travail, total ou partiel, pour raison de santé\u202f?",
    "long_leave": "Depuis dix ans, avez-vous eu un arrêt de travail de plus de trois semaines\u202f?",
    "long_illness": "Êtes-vous, ou avez-vous été, pris en charge à 100\u202f% pour une affection de longue durée\u202f?",
    "hospital": "Depuis dix ans, avez-vous été hospitalisé ou opéré, ou devez-vous l’être\u202f?",
    "treatment": "Suivez-vous un traitement régulier, ou une surveillance médicale\u202f?",
    "disability": "Touchez-vous une pension ou une rente d’invalidité, ou une allocation pour handicap\u202f?",
}
"""The questions, by the name of their answer. Names are stored, and never given to another question."""


def _yes_no(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect, error_messages={"required": MISSING}
    )


class CoverForm(forms.Form):
    """For which cover, and the consent."""

    cover = forms.ChoiceField(
        label="La garantie que vous demandez",
        choices=[choice for choice in Cover.choices if choice[0] != Cover.LETTER],
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    consent = forms.BooleanField(label=CONSENT_TEXT, error_messages={"required": CONSENT_NEEDED})


class QuestionnaireForm(forms.Form):
    """The questionnaire. Who answers says who they are here: the medical adviser knows them by nothing else."""

    name = forms.CharField(label="Vos nom et prénoms", max_length=120, error_messages={"required": MISSING})
    born_on = forms.DateField(
        label="Votre date de naissance",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": MISSING, "invalid": "Écrivez une date, comme 07/03/1985."},
    )
    height = forms.IntegerField(
        label="Votre taille, en centimètres", min_value=50, max_value=260, error_messages={"required": MISSING}
    )
    weight = forms.IntegerField(
        label="Votre poids, en kilogrammes", min_value=20, max_value=400, error_messages={"required": MISSING}
    )
    details = forms.CharField(
        label="Précisions, pour chaque «\u00a0Oui\u00a0»",
        required=False,
        max_length=TEXT_MAX,
        help_text=(
            "Quoi, depuis quand, et où vous en êtes. Sans test génétique\u00a0: la loi interdit de le demander et d’en tenir "
            "compte."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = _yes_no(question)
        self.order_fields(["name", "born_on", "height", "weight", *QUESTIONS, "details"])

    def clean_born_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["born_on"]
        if not datetime.date(1900, 1, 1) <= day <= timezone.localdate():
            raise forms.ValidationError("Cette date n’est pas une date de naissance possible.")
        return day

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        says_yes = any(answers.get(name) == "yes" for name in QUESTIONS)
        if says_yes and "details" in answers and not answers["details"].strip():
            self.add_error("details", "Vous avez répondu «\u00a0Oui\u00a0»\u00a0: quelques mots suffisent.")
        return answers

    def sealed_answers(self) -> dict[str, str]:
        """What is sealed, as text."""
        return {name: str(answer) for name, answer in self.cleaned_data.items()}


class DocumentsForm(forms.Form):
    """Certificates and reports."""

    documents = ProofField(label="Vos documents médicaux")


class LetterForm(forms.Form):
    """A letter to the medical adviser, complaint or question."""

    text = forms.CharField(
        label="Votre courrier au médecin-conseil",
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Écrivez quelques mots\u00a0: ils diront au médecin-conseil quoi regarder."},
    )
    complaint = forms.ChoiceField(
        label="Est-ce une réclamation\u202f?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Une réclamation reçoit un numéro et une réponse sous deux mois\u202f; nous n’en lisons pas le contenu.",
        error_messages={"required": MISSING},
    )
    documents = ProofField(label="Documents médicaux", required=False)
    consent = forms.BooleanField(label=LETTER_TEXT, error_messages={"required": CONSENT_NEEDED})
