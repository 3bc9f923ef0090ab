"""What is ticked to acknowledge the charter, and what is written to publish a version."""

from django import forms

from portals.presentation.dates import TypedDateField
from portals.terms.markup import MarkupRefused, check
from privacy.staff.charter.actions import WORDS


class AcknowledgementForm(forms.Form):
    """One box. `number`: the version that was on the page."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    ticked = forms.BooleanField(
        label=WORDS, error_messages={"required": "Cochez la case pour vous engager\u00a0: vos droits en dépendent."}
    )


class VersionForm(forms.Form):
    """The next text, in the little HTML of the terms."""

    text = forms.CharField(label="Texte (HTML)", widget=forms.Textarea(attrs={"rows": 24}))
    changes = forms.CharField(
        label="Ce qui change",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En mots simples\u00a0: chacun le lit avant le texte.",
    )
    effective_on = TypedDateField(
        label="À reconnaître à partir du",
        help_text="JJ/MM/AAAA. Quatorze jours plus tard, les droits ne s’ouvrent plus sans engagement.",
    )

    def clean_text(self) -> str:
        written: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        try:
            check(written)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return written
