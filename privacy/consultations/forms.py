"""What people answer, and what the officer writes."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.editorial.information.typesetting import typeset
from privacy.consultations.actions import Asked
from privacy.consultations.models import Consultation
from privacy.consultations.rules import (
    LEAST_DAYS,
    MOST_CHOICES,
    REMARK_LENGTH,
    BadQuestions,
    Ballot,
    questions_in,
    typed,
)
from privacy.register.fields import DayField

WARNING = (
    f"{REMARK_LENGTH} caractères au plus. N’écrivez ni nom, ni numéro, ni rien de votre santé\u00a0: "
    "votre réponse est anonyme si vous n’y dites pas qui vous êtes."
)


class BallotForm(forms.Form):
    """The questions of a consultation. Every answer is optional."""

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = consultation.asked
        for rank, question in enumerate(self._asked):
            self.fields[f"q{rank}"] = forms.ChoiceField(
                label=question.words, required=False, widget=forms.RadioSelect,
                choices=[(str(place), words) for place, words in enumerate(question.choices)],
            )  # fmt: skip
        if consultation.remark_asked:
            self.fields["remark"] = forms.CharField(
                label=consultation.remark_asked, required=False, max_length=REMARK_LENGTH, help_text=WARNING,
                widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.values()):
            raise forms.ValidationError(
                "Répondez à une question au moins, ou quittez cette page\u00a0: rien n’est obligatoire."
            )
        return said

    def ballot(self) -> Ballot:
        """Of a form that is valid."""
        said = self.cleaned_data
        chosen = (said[f"q{rank}"] for rank in range(len(self._asked)))
        return Ballot(tuple(int(one) if one else None for one in chosen), said.get("remark", ""))


class ConsultationForm(forms.Form):
    """A consultation as the officer writes it."""

    title = forms.CharField(label="Titre", max_length=100)
    purpose = forms.CharField(
        label="À quoi elle sert", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que vous voulez décider, et ce que deviendront les réponses.",
    )  # fmt: skip
    questions = forms.CharField(
        label="Questions", max_length=8000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=(
            f"La question sur une ligne, puis une réponse par ligne, de 2 à {MOST_CHOICES}. "
            "Une ligne vide entre deux questions."
        ),
    )  # fmt: skip
    remark = forms.CharField(
        label="Question libre", max_length=200, required=False,
        help_text="Vide, aucun texte libre n’est demandé. Un avertissement accompagne toujours le champ.",
    )  # fmt: skip
    opens_on = DayField("Ouvre le")
    closes_on = DayField("Dernier jour")

    def __init__(self, *args: Any, consultation: Consultation | None = None, **kwargs: Any) -> None:
        if consultation is not None:
            kwargs["initial"] = {
                "title": consultation.title,
                "purpose": consultation.purpose,
                "questions": typed(consultation.asked),
                "remark": consultation.remark_asked,
                "opens_on": consultation.opens_on,
                "closes_on": consultation.closes_on,
            }
        super().__init__(*args, **kwargs)

    def clean_questions(self) -> Any:
        try:
            return questions_in(typeset(self.cleaned_data["questions"]))
        except BadQuestions as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if opens and opens < timezone.localdate():
            self.add_error("opens_on", "Ce jour est passé.")
        if opens and closes and closes < opens + datetime.timedelta(days=LEAST_DAYS):
            self.add_error("closes_on", f"Laissez au moins {LEAST_DAYS}\u00a0jours pour répondre.")
        return said

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            typeset(said["title"]), typeset(said["purpose"]), said["questions"], typeset(said["remark"]),
            said["opens_on"], said["closes_on"],
        )  # fmt: skip


class LearnedForm(forms.Form):
    """What the officer makes of the answers."""

    learned = forms.CharField(
        label="Ce que cela change", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Lu par tous, à côté des résultats\u00a0: ce qui est décidé grâce aux réponses, et ce qui ne l’est pas.",
    )  # fmt: skip

    def clean_learned(self) -> str:
        return typeset(self.cleaned_data["learned"])
