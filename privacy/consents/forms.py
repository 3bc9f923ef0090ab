"""Forms of staff: a purpose and its text; a choice received by post, by telephone or by e-mail."""

from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.documents.uploads import CleanFile, UploadRefused, admit
from portals.editorial.information.typesetting import typeset
from privacy.consents.holders import Found, find
from privacy.consents.models import Purpose
from privacy.consents.publishing import Words, words_of
from privacy.consents.queries import current_texts
from privacy.consents.rules import Channel, Kind, Way

NOBODY = "Personne n’a ce numéro d’adhérent et cette date de naissance."
RECEIVED = [(way.value, way.label) for way in (Way.POST, Way.PHONE, Way.EMAIL)]
YES, NO = "oui", "non"


class PurposeForm(forms.ModelForm):
    """A purpose, and what people read of it."""

    label = forms.CharField(label="Intitulé", max_length=80)
    text = forms.CharField(
        label="Texte montré",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce que la personne lit avant de choisir. Il est conservé avec chaque choix.",
    )
    recipients = forms.CharField(label="Qui s’en sert", max_length=200)
    channels = forms.MultipleChoiceField(
        label="Canaux", choices=Channel.choices, widget=forms.CheckboxSelectMultiple,
        help_text="«\u00a0Accepter\u00a0» pour ce qui n’envoie rien.",
    )  # fmt: skip
    asks_again = forms.BooleanField(
        label="Redemander l’accord",
        required=False,
        help_text="Les accords donnés sous les textes précédents ne valent plus. Les refus restent.",
    )

    class Meta:
        model = Purpose
        fields = ["code", "kind", "basis", "channels", "rank"]
        help_texts = {"code": "En minuscules, sans accent. Il ne change plus."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            now = words_of(self.instance)
            self.initial.update({"label": now.label, "text": now.text, "recipients": now.recipients})
            for name in {"code", "kind", "basis"} & self.fields.keys():  # whoever only looks has none of them
                self.fields[name].disabled = True

    def clean_channels(self) -> list[str]:
        channels: list[str] = self.cleaned_data["channels"]
        if Channel.WHOLE in channels and len(channels) > 1:
            raise forms.ValidationError("«\u00a0Accepter\u00a0» va sans autre canal.")
        return channels

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("kind") == Kind.SPECIAL and answers.get("basis") == "objection":
            self.add_error("basis", "Une autorisation particulière se donne\u00a0: choisissez le consentement.")
        return answers

    def words(self) -> Words:
        answers = self.cleaned_data
        return Words(typeset(answers["label"]), typeset(answers["text"]), typeset(answers["recipients"]))


class SearchForm(forms.Form):
    """A person, found by an exact number and birth date."""

    number = NumberAsTextField(label="N° adhérent", max_length=24)
    birth_date = HandwrittenDateField(label="Date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1985.")

    found: tuple[Found, ...] = ()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if {"number", "birth_date"} <= answers.keys():
            self.found = tuple(find(answers["number"], answers["birth_date"]))
            if not self.found:
                self.add_error("number", NOBODY)
        return answers


class EntryForm(SearchForm):
    """What the person said, how and when, with its proof. `chosen` is who was ticked."""

    person = forms.ChoiceField(label="C’est bien", widget=forms.RadioSelect)
    what = forms.ChoiceField(label="Sujet et canal")
    answer = forms.ChoiceField(
        label="Réponse", choices=[(YES, "Accepte"), (NO, "Refuse, retire ou s’oppose")], widget=forms.RadioSelect
    )
    way = forms.ChoiceField(label="Reçu par", choices=RECEIVED, widget=forms.RadioSelect)
    said_on = HandwrittenDateField(label="Date du courrier ou de l’appel")
    note = forms.CharField(
        label="Référence de l’appel ou du courrier", max_length=80, required=False,
        help_text="Un numéro, jamais un nom. Nécessaire sans document.",
    )  # fmt: skip
    proof = forms.FileField(label="Document reçu", required=False, help_text="PDF, JPEG ou PNG, 10 Mo au plus.")

    chosen: Found | None = None
    clean_file: CleanFile | None = None

    def __init__(self, *args: Any, found: tuple[Found, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["person"]
        what = self.fields["what"]
        if isinstance(people, forms.ChoiceField) and isinstance(what, forms.ChoiceField):
            people.choices = [(str(one.holder.subject_id), one.name) for one in found]
            what.choices = [
                (f"{text.purpose.code}:{code}", f"{text.label}, {Channel(code).label.lower()}")
                for text in current_texts()
                for code in text.purpose.channels
            ]
        for name in ("number", "birth_date"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_said_on(self) -> Any:
        said = self.cleaned_data["said_on"]
        if said > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir.")
        return said

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        self.chosen = next((one for one in self.found if str(one.holder.subject_id) == answers.get("person")), None)
        if answers.get("proof"):
            try:
                [self.clean_file] = admit([answers["proof"]])
            except UploadRefused as refusal:
                self.add_error("proof", str(refusal))
        elif answers.get("way") == Way.POST:
            self.add_error("proof", "Joignez le courrier numérisé\u00a0: c’est la preuve.")
        elif not answers.get("note"):
            self.add_error("note", "Écrivez la référence de l’échange, ou joignez un document.")
        return answers
