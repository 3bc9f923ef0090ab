"""The questions as they are answered, and as they are written."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portals.presentation.dates import TypedDateField
from portals.terms.markup import MarkupRefused
from portals.terms.markup import check as check_markup
from privacy.staff.awareness.rules import CHOICES, LEAST, MOST, BadQuestions, Question, check


class AnswersForm(forms.Form):
    """One choice for each question."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(questions):
            self.fields[f"question_{place}"] = forms.TypedChoiceField(
                label=question.text,
                choices=list(enumerate(question.choices)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez une réponse."},
            )

    def answers(self) -> list[int | None]:
        """In the order of the questions, once the form is valid."""
        return [self.cleaned_data[name] for name in self.fields]


class ModuleForm(forms.Form):
    """A module with its questions: three at least, five at most, each with its choices and why one of them is right."""

    title = forms.CharField(label="Titre", max_length=120)
    text = forms.CharField(label="Texte (HTML)", widget=forms.Textarea(attrs={"rows": 12}))
    due_on = TypedDateField(
        label="À suivre avant le", help_text="JJ/MM/AAAA. Chacun reçoit un rappel sept jours avant."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rank in range(1, MOST + 1):
            needed = rank <= LEAST
            self.fields[f"question_{rank}"] = forms.CharField(label=f"Question {rank}", max_length=200, required=needed)
            for choice in range(1, CHOICES + 1):
                self.fields[f"choice_{rank}_{choice}"] = forms.CharField(
                    label=f"Réponse {choice} de la question {rank}",
                    max_length=200,
                    required=needed and choice < CHOICES,
                )
            self.fields[f"right_{rank}"] = forms.TypedChoiceField(
                label=f"Bonne réponse de la question {rank}",
                choices=[("", "Choisissez"), *((str(place), f"Réponse {place + 1}") for place in range(CHOICES))],
                coerce=int,
                empty_value=None,
                required=needed,
            )
            self.fields[f"why_{rank}"] = forms.CharField(
                label=f"Pourquoi (question {rank})", max_length=400, required=needed
            )

    def clean_text(self) -> str:
        written: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        try:
            check_markup(written)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return written

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check(self.questions())
            except BadQuestions as refusal:
                raise forms.ValidationError(
                    "Chaque question a deux réponses au moins, sa bonne réponse et son explication."
                ) from refusal
        return said

    def questions(self) -> list[Question]:
        """Those whose words are written. A choice left empty in the middle is refused with its question."""
        said = self.cleaned_data
        return [
            Question(said[f"question_{rank}"], _choices(said, rank), _place(said, rank), said[f"why_{rank}"])
            for rank in range(1, MOST + 1)
            if said.get(f"question_{rank}")
        ]


def _choices(said: dict[str, Any], rank: int) -> tuple[str, ...]:
    written = [said.get(f"choice_{rank}_{choice}", "") for choice in range(1, CHOICES + 1)]
    while written and not written[-1]:
        written.pop()
    return tuple(written)


def _place(said: dict[str, Any], rank: int) -> int:
    chosen = said.get(f"right_{rank}")
    return -1 if chosen is None else int(chosen)
