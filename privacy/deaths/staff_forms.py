"""The forms of those who verify a death and give it its suites."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.access import isolation
from portals.accounts import identifiers
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.accounts.models import Account, Space
from portals.documents.fields import ProofField
from portals.names import folded_name
from privacy.consents import holders
from privacy.consents.holders import Holder
from privacy.deaths.models import Death, Way

MISSING = "Cette réponse manque."


def past(day: datetime.date) -> datetime.date:
    """Raises ValidationError for a day that has not come."""
    if day > timezone.localdate():
        raise forms.ValidationError("Ce jour n’est pas encore venu.")
    return day


class EnterForm(forms.Form):
    """A death told by a letter or a call."""

    way = forms.ChoiceField(
        label="Voie", choices=[(one.value, one.label) for one in (Way.POST, Way.PHONE)], widget=forms.RadioSelect,
        initial=Way.POST, error_messages={"required": MISSING},
    )  # fmt: skip
    received_on = HandwrittenDateField(label="Reçue le", help_text="Le délai d’un mois part de ce jour.")
    given_names = forms.CharField(label="Prénoms de la personne", max_length=120, error_messages={"required": MISSING})
    family_name = forms.CharField(label="Nom de la personne", max_length=120, error_messages={"required": MISSING})
    birth_date = HandwrittenDateField(label="Date de naissance", required=False)
    died_on = HandwrittenDateField(label="Date du décès")
    member_number = NumberAsTextField(label="N° adhérent", max_length=24, required=False)
    name = forms.CharField(label="Prénom et nom du déclarant", max_length=120, error_messages={"required": MISSING})
    quality = forms.CharField(label="Sa qualité", max_length=120, error_messages={"required": MISSING})
    email = forms.EmailField(label="Son adresse e-mail", max_length=254, required=False)
    proofs = ProofField(label="Acte de décès", required=False)

    def clean_received_on(self) -> datetime.date:
        return past(self.cleaned_data["received_on"])

    def clean_died_on(self) -> datetime.date:
        return past(self.cleaned_data["died_on"])

    def claim(self) -> dict[str, str]:
        said = self.cleaned_data
        names = ("given_names", "family_name", "member_number", "name", "quality", "email")
        born = said.get("birth_date")
        return {
            **{name: said.get(name, "") for name in names},
            "birth_date": born.isoformat() if born else "",
            "died_on": said["died_on"].isoformat(),
        }


class DeathActForm(forms.Form):
    """A form about one death."""

    def __init__(self, death: Death, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.death = death


class CheckForm(DeathActForm):
    """Whom the declaration is about, by exact numbers; and that the document shows it."""

    number = NumberAsTextField(
        label="N° adhérent, ou identifiant du compte d’une entreprise ou d’un professionnel", max_length=24,
        required=False, error_messages={"required": MISSING},
    )  # fmt: skip
    birth_date = HandwrittenDateField(label="Date de naissance, pour un assuré", required=False)
    given_names = forms.CharField(
        label="Prénom, pour des jumeaux",
        max_length=120,
        required=False,
        help_text="Seulement si deux personnes répondent.",
    )
    died_on = HandwrittenDateField(label="Date du décès")
    proven = forms.BooleanField(
        label="J’ai vu l’acte de décès, ou son équivalent, et il désigne cette personne.",
        error_messages={"required": "Sans preuve, rien n’est fermé."},
    )

    holder: Holder | None = None

    def clean_died_on(self) -> datetime.date:
        return past(self.cleaned_data["died_on"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.death.subject_id is not None:  # the management software, or an employer, says whom
            self.holder = Holder(self.death.space, self.death.subject_id, self.death.tenant_id)
            return said
        if not self.errors:
            found = _found(said.get("number", ""), said.get("birth_date"), said.get("given_names", ""))
            if len(found) != 1:
                self.add_error(
                    "number",
                    "Personne ne répond à ces indications."
                    if not found
                    else "Plusieurs personnes répondent\u00a0: le prénom.",
                )
            else:
                self.holder = found[0]
        return said


def _found(number: str, born: datetime.date | None, given_names: str) -> list[Holder]:
    """The persons, or the account, that these numbers designate."""
    if born is None:
        accounts = Account.objects.filter(identifier=identifiers.as_typed(number))
        others = accounts.filter(space__in=[Space.EMPLOYER, Space.PROFESSIONAL])
        return [Holder(account.space, account.pk) for account in others]
    with isolation.system():
        people = holders.find(number.replace(" ", ""), born)
    wanted = folded_name(given_names)
    return [one.holder for one in people if folded_name(one.name).startswith(wanted)]


class ConfirmForm(DeathActForm):
    sure = forms.BooleanField(
        label="J’ai vérifié à mon tour que cette personne est décédée.",
        error_messages={"required": "Cochez cette case pour confirmer."},
    )


class UndoForm(DeathActForm):
    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Homonyme, erreur de saisie, preuve insuffisante… Sans donnée de santé.",
        error_messages={"required": "Dites pourquoi."},
    )  # fmt: skip


class LetterForm(DeathActForm):
    addressee = forms.CharField(
        label="Destinataire et adresse", max_length=400, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": MISSING},
    )  # fmt: skip
    quality = forms.CharField(
        label="Qualité d’héritier établie par", max_length=120, help_text="Acte de notoriété, attestation du notaire…",
        error_messages={"required": MISSING},
    )  # fmt: skip


class ReportForm(forms.Form):
    report = forms.CharField(
        label="Ce qui a été fait", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class HandoverForm(forms.Form):
    address = forms.EmailField(
        label="Adresse e-mail de la personne désignée", max_length=254, error_messages={"required": MISSING}
    )
    identity = forms.CharField(
        label="Comment son identité est établie", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pièce vue en agence, appel au numéro du dossier… N’en gardez aucune copie.",
        error_messages={"required": "Rien n’est remis à qui n’est pas identifié."},
    )  # fmt: skip


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi ce n’est pas possible", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi."},
    )  # fmt: skip
