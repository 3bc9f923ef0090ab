"""The forms of a file. What is typed is sealed with it: names are at home here, health is not."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField
from portals.documents.uploads import UploadRefused, admit
from privacy.investigations.evidence import Piece
from privacy.investigations.finding import Found, find
from privacy.investigations.models import DECISIONS, Investigation, Kind, Origin


class WordsField(forms.CharField):
    """A text of some lines."""

    def __init__(self, label: str, *, rows: int = 5, **more: Any) -> None:
        super().__init__(label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}), **more)


class PeopleField(forms.CharField):
    """Somebody by an identifier, a number or a name; gives a `Found`. Of several, the code of one is typed again."""

    def __init__(self, **more: Any) -> None:
        help_text = "Identifiant du compte, n°\u00a0d’adhérent, SIRET, n°\u00a0AM, FINESS, RPPS, ou nom et prénom."
        super().__init__(label="Qui", max_length=120, help_text=help_text, **more)

    def clean(self, value: Any) -> Any:
        text, _, code = str(super().clean(value)).partition("#")
        found = [one for one in find(text.strip()) if not code or one.code == code.strip()]
        if not found:
            raise forms.ValidationError("Nous ne connaissons personne sous ce nom ou ce numéro.")
        if len(found) > 1:
            told = "\u202f; ".join(f"{one.name}, {one.words} : {text.strip()}#{one.code}" for one in found)
            raise forms.ValidationError(f"Plusieurs personnes. Recopiez ce qui suit le nom de la bonne. {told}")
        return found[0]


class OpenForm(forms.Form):
    """A new file. `kinds`: those that the account works on."""

    kind = forms.ChoiceField(label="Nature")
    origin = forms.ChoiceField(label="Origine", choices=[("", "Choisissez"), *Origin.choices])
    origin_reference = forms.CharField(
        label="Numéro à l’origine", max_length=40, required=False,
        help_text="Celui du signalement de fraude (FR-…) ou de l’incident\u00a0: son compte entre dans le dossier.",
    )  # fmt: skip
    facts = WordsField("Les faits", help_text="Ce qui est constaté, daté et chiffré. Aucun détail de santé.")

    def __init__(self, *args: Any, kinds: list[Kind], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]  # a choice field


class SubjectForm(forms.Form):
    who = PeopleField()

    @property
    def found(self) -> Found:
        chosen: Found = self.cleaned_data["who"]
        return chosen


class NoteForm(forms.Form):
    words = WordsField("Note")


class ExhibitForm(forms.Form):
    """One piece: its bytes are kept as they come; what is read is a copy made harmless."""

    label = forms.CharField(label="Intitulé", max_length=200)
    file = forms.FileField(label="Fichier", help_text="PDF, JPEG ou PNG, 10\u00a0Mo au plus.", max_length=200)

    def clean_file(self) -> Piece:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            [clean] = admit([file])
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        file.seek(0)
        return Piece(file.read(), clean)


class HoldForm(forms.Form):
    until = HandwrittenDateField(label="Jusqu’au", help_text="Le dernier jour de conservation.")
    words = WordsField("Pourquoi", rows=3)

    def clean_until(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Ce jour est passé\u00a0: donnez un jour à venir.")
        return day


class LetGoForm(forms.Form):
    words = WordsField("Pourquoi", rows=3)


class DeclareForm(forms.Form):
    declared_on = HandwrittenDateField(label="Déclarée le")
    reference = forms.CharField(label="Numéro de la déclaration", max_length=80)

    def clean_declared_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["declared_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day


class DecideForm(forms.Form):
    decision = forms.ChoiceField(label="Décision")
    words = WordsField("Motifs")

    def __init__(self, *args: Any, case: Investigation, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "Choisissez"), *((one.value, one.label) for one in DECISIONS[Kind(case.kind)])]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a choice field


class BundleForm(forms.Form):
    """What goes to court beside the pieces: what the accounts of the file did between two days."""

    since = HandwrittenDateField(label="Opérations du", required=False)
    until = HandwrittenDateField(label="au", required=False, help_text="Laissez vide pour n’en joindre aucune.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if bool(since) != bool(until) or (since and until and until < since):
            raise forms.ValidationError("Donnez les deux jours, dans l’ordre, ou aucun.")
        return told
