"""The forms of an incident. Words go to the timeline: no name, no health."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts.models import Account
from privacy.breaches.models import REPORTED, Kind, Severity

NO_NAMES = "Sans nom de personne ni détail de santé."
INSTANT_FORMATS = ["%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]


class WordsField(forms.CharField):
    """A text of some lines."""

    def __init__(self, label: str, *, help_text: str = NO_NAMES, rows: int = 4, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, help_text=help_text, max_length=4000, widget=widget, **more)


class InstantField(forms.DateTimeField):
    """A day and an hour of Paris."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label=label,
            input_formats=INSTANT_FORMATS,
            help_text="JJ/MM/AAAA HH:MM, heure de Paris.",
            widget=forms.DateTimeInput(format=INSTANT_FORMATS[0], attrs={"autocomplete": "off"}),
            error_messages={"invalid": "Écrivez le jour et l’heure, par exemple 22/11/2026 14:30."},
            **more,
        )


class AccountField(forms.CharField):
    """An account by its identifier; gives the account, or None when the field may be empty."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **more)

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").replace(" ", "")
        account = Account.objects.filter(identifier=typed).first() if typed else None
        if typed and account is None:
            raise forms.ValidationError("Aucun compte n’a cet identifiant.")
        return account


class ReportForm(forms.Form):
    """What a member of staff reports."""

    kind = forms.ChoiceField(
        label="Ce qui est arrivé", choices=[("", "Choisissez"), *[(kind.value, kind.label) for kind in REPORTED]]
    )
    words = WordsField("En quelques mots")
    account = AccountField("Identifiant du compte en cause", required=False)

    def report(self) -> dict[str, Any]:
        """What `actions.report` takes."""
        said = self.cleaned_data
        return {
            "kind": Kind(said["kind"]),
            "words": said["words"],
            "suspects": [said["account"].pk] if said["account"] else [],
            "is_drill": said.get("is_drill", False),
        }


class HandlerReportForm(ReportForm):
    """For whoever handles incidents: an exercise too."""

    is_drill = forms.BooleanField(
        label="C’est un exercice",
        required=False,
        help_text="Tout se déroule comme pour de vrai, marqué EXERCICE, mais rien n’est arrêté et personne n’est averti.",
    )


class QualifyForm(forms.Form):
    severity = forms.ChoiceField(label="Gravité", choices=[("", "Choisissez"), *Severity.choices])
    words = WordsField("Pourquoi")


class NoteForm(forms.Form):
    words = WordsField("Note")


class SuspectForm(forms.Form):
    account = AccountField("Identifiant du compte")


class CloseForm(forms.Form):
    reason = WordsField("Pourquoi aucune donnée personnelle n’est touchée, ou ce qui a été fait")


class EnterForm(forms.Form):
    """When the mutual knew: the 72 hours run from then."""

    aware_at = InstantField("Connue le")

    def clean_aware_at(self) -> datetime.datetime:
        instant: datetime.datetime = self.cleaned_data["aware_at"]
        if instant > timezone.now():
            raise forms.ValidationError("Cet instant n’est pas encore venu.")
        return instant


class AskForm(forms.Form):
    words = WordsField("Ce qui est à arrêter, et pourquoi")
