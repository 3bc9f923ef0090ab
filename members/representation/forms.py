"""Asking to represent somebody: who, on what ground, then the documents that prove it."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from members.representation.models import Quality, Representation, Scope
from members.representation.rules import DatesRefused, check_dates
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.documents.fields import ProofField

NAME_MAX = 120
MISSING = "Cette réponse manque."


def refuse_impossible_dates(form: forms.Form, answers: dict[str, Any]) -> None:
    """Say next to its field which of the days cannot be that of the quality chosen, once all three could be read."""
    if not {"quality", "start_date"} <= answers.keys() or "end_date" in form.errors:
        return
    try:
        check_dates(
            answers["quality"], start=answers["start_date"], end=answers.get("end_date"), today=timezone.localdate()
        )
    except DatesRefused as refused:
        form.add_error(refused.field, str(refused))


class AskForm(forms.Form):
    """Whom one asks to represent, and how. Nobody is looked up here: the page answers the same for everybody."""

    member_number = NumberAsTextField(
        label="N° adhérent de la personne",
        max_length=24,
        help_text="Il figure sur sa carte de tiers payant.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    given_name = forms.CharField(
        label="Son prénom", max_length=NAME_MAX, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = forms.CharField(
        label="Son nom de famille",
        max_length=NAME_MAX,
        help_text="D’usage ou de naissance.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date = HandwrittenDateField(label="Sa date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1985.")
    quality = forms.ChoiceField(label="À quel titre la représentez-vous", choices=Quality, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label="Ce que vous demandez à faire pour elle",
        choices=[(Scope.ACT.value, Scope.ACT.label), (Scope.CONSULT.value, Scope.CONSULT.label)],
        widget=forms.RadioSelect,
    )
    start_date = HandwrittenDateField(
        label="Depuis le", help_text="Le premier jour, tel que le jugement ou le mandat l’écrit."
    )
    end_date = HandwrittenDateField(
        label="Jusqu’au",
        required=False,
        help_text="Le dernier jour, s’il y en a un\u00a0: un jugement en fixe un. L’autorité parentale s’arrête d’elle-même.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING

    def clean_birth_date(self) -> datetime.date:
        born: datetime.date = self.cleaned_data["birth_date"]
        if not datetime.date(1900, 1, 1) <= born <= timezone.localdate():
            raise forms.ValidationError("Vérifiez l’année\u00a0: cette date ne peut pas être une date de naissance.")
        return born

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_impossible_dates(self, answers)
        return answers

    def claim(self) -> dict[str, str]:
        """Who was designated, as the worker reads it."""
        said = self.cleaned_data
        return {
            "member_number": said["member_number"],
            "given_name": said["given_name"],
            "family_name": said["family_name"],
            "birth_date": said["birth_date"].isoformat(),
        }


def answers_of(draft: Representation, claim: dict[str, str]) -> dict[str, Any]:
    """What a draft holds, as the initial answers of the form."""
    written = "%d/%m/%Y"
    born = claim.get("birth_date")
    return {
        **claim,
        "birth_date": datetime.date.fromisoformat(born).strftime(written) if born else "",
        "quality": draft.quality,
        "scope": draft.scope,
        "start_date": draft.start_date.strftime(written),
        "end_date": draft.end_date.strftime(written) if draft.end_date else "",
    }


class ProofsForm(forms.Form):
    """The documents of a request, once or several times: five before it is sent, five each time that staff ask."""

    proofs = ProofField(label="Vos justificatifs")

    def __init__(self, *args: Any, already: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proofs"]
        if isinstance(field, ProofField):
            field.already = already


class ContestForm(forms.Form):
    """Why the person does not want to be represented by this one, in their own words."""

    words = forms.CharField(
        label="Dites-nous pourquoi",
        max_length=2000,
        help_text="Nous vous répondons sous dix jours ouvrés.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez quelques mots\u00a0: ils nous diront quoi vérifier."},
    )
