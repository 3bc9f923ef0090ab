"""The forms of error reports."""

from typing import Any

from django import forms

from portals.correspondence.reports.pages import as_named

WORDS_MAX = 2000


class ReportForm(forms.Form):
    """What is wrong. The page comes with the link that led here."""

    page = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Ce qui est faux, et ce que la page devrait dire",
        max_length=WORDS_MAX,
        help_text="N’écrivez ni mot de passe, ni détail de santé.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Écrivez quelques mots\u00a0: ils nous diront quoi corriger."},
    )

    def clean_page(self) -> str:
        return as_named(self.cleaned_data["page"])


class DecisionForm(forms.Form):
    """What staff found."""

    decision = forms.ChoiceField(
        label="Ce que vous avez fait",
        choices=[("corrected", "Corrigé"), ("no_error", "Rien à corriger")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez."},
    )
    answer = forms.CharField(
        label="Réponse à la personne",
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez la réponse."},
    )
    published = forms.CharField(
        label="Ce qui était faux et ce qui est écrit maintenant, pour la page publique",
        max_length=300,
        required=False,
        help_text="Rien sur la personne qui a signalé.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("decision") == "corrected" and not answers.get("published", "").strip():
            self.add_error("published", "Une correction est publiée\u00a0: écrivez-la.")
        return answers
