"""The form under the text of the terms, and that of the next version's draft."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.presentation.dates import TypedDateField
from portals.terms.markup import MarkupRefused, check
from portals.terms.models import Capacity, TermsDraft
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


class DraftForm(forms.ModelForm):
    """A draft in the little HTML that terms are written in; it takes effect at the beginning of a day."""

    effective_on = TypedDateField(
        label="En vigueur le (à 0 h)",
        required=False,
        help_text="JJ/MM/AAAA. Sans date, la version entre en vigueur à sa publication.",
    )

    class Meta:
        model = TermsDraft
        fields = ["text", "summary", "changes"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 30}),
            "summary": forms.Textarea(attrs={"rows": 8}),
            "changes": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.effective_at:
            self.fields["effective_on"].initial = timezone.localdate(self.instance.effective_at)

    def clean_text(self) -> str:
        return self._checked("text")

    def clean_summary(self) -> str:
        return self._checked("summary")

    def clean_changes(self) -> str:
        return self._checked("changes")

    def save(self, commit: bool = True) -> TermsDraft:
        day: datetime.date | None = self.cleaned_data["effective_on"]
        self.instance.effective_at = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None
        )
        saved: TermsDraft = super().save(commit)
        return saved

    def _checked(self, name: str) -> str:
        written: str = self.cleaned_data[name]
        try:
            check(written)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return written
