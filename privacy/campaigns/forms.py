"""A campaign as staff write it: what it is about, its words, and to whom by the contract."""

from typing import Any

from django import forms

from portals.accounts.models import Space
from portals.editorial.information.forms import SIGNS
from portals.editorial.information.markup import MarkupRefused, check
from portals.editorial.information.typesetting import typeset
from privacy.campaigns.actions import Words
from privacy.campaigns.audiences import audience_of
from privacy.campaigns.models import Campaign
from privacy.consents.models import Purpose
from privacy.consents.queries import current_texts
from privacy.consents.rules import Channel, Kind

SEGMENT = "segment_"


class CampaignForm(forms.Form):
    """The criteria of the audience stand after the words, each under its own name with a prefix."""

    purpose = forms.ChoiceField(
        label="Sujet", help_text="Seules les personnes qui l’acceptent par e-mail la recevront."
    )
    subject = forms.CharField(label="Objet de l’e-mail", max_length=120)
    text = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 16}), help_text=SIGNS)

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.fields["purpose"]
        if isinstance(purpose, forms.ChoiceField):
            purpose.choices = [
                (text.purpose.code, text.label)
                for text in current_texts()
                if text.purpose.kind == Kind.COMMUNICATION and Channel.EMAIL in text.purpose.channels
            ]
        self.audience = audience_of(Space.MEMBER)
        for name, field in self.audience.form().fields.items():
            self.fields[SEGMENT + name] = field
        if campaign is not None:
            self.initial.update({"purpose": campaign.purpose.code, "subject": campaign.subject, "text": campaign.text})
            self.initial.update({SEGMENT + name: value for name, value in campaign.criteria.items()})

    def clean_subject(self) -> str:
        return typeset(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        text = typeset(self.cleaned_data["text"].replace("\r\n", "\n"))
        try:
            check(text)
        except MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text

    def clean(self) -> dict[str, Any]:
        """The audience looks at its criteria together."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        said = {name.removeprefix(SEGMENT): value for name, value in answers.items() if name.startswith(SEGMENT)}
        for name, words in self.audience.wrong(said).items():
            self.add_error(SEGMENT + name, words)
        return answers

    def words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"])

    def chosen_purpose(self) -> Purpose:
        return Purpose.objects.get(code=self.cleaned_data["purpose"])

    def criteria(self) -> dict[str, Any]:
        """As they are kept: what is empty says nothing, so a campaign for everybody has none."""
        answers = {
            name.removeprefix(SEGMENT): value for name, value in self.cleaned_data.items() if name.startswith(SEGMENT)
        }
        return {
            name: value for name, value in self.audience.kept(answers).items() if value not in ("", None, [], False)
        }
