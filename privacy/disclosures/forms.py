"""What is typed of a request of an authority, of its approval and of its handing over."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField
from portals.accounts.models import Space
from portals.documents.fields import ProofField
from portals.documents.uploads import CleanFile
from privacy.disclosures.actions import Asked
from privacy.disclosures.models import Authority, Ground, Means
from privacy.investigations.finding import Found
from privacy.investigations.forms import PeopleField, WordsField
from privacy.investigations.models import Kind
from privacy.rights.data_classes import classes_of

SPACES = (Space.MEMBER, Space.EMPLOYER, Space.PROFESSIONAL)


def every_class() -> list[tuple[str, str]]:
    """The classes of every space, once each."""
    known = {one.code: one.label for space in SPACES for one in classes_of(space)}
    return list(known.items())


class AskForm(forms.Form):
    """A request. `kinds`: the walls behind which the account works."""

    kind = forms.ChoiceField(label="Nature")
    case_reference = forms.CharField(label="Numéro du dossier d’enquête", max_length=20, required=False)
    authority = forms.ChoiceField(label="Autorité", choices=[("", "Choisissez"), *Authority.choices])
    authority_name = forms.CharField(label="Son nom et son service", max_length=160)
    ground = forms.ChoiceField(label="Fondement", choices=[("", "Choisissez"), *Ground.choices])
    ground_reference = forms.CharField(label="Référence de la demande", max_length=120)
    received_on = HandwrittenDateField(label="Reçue le")
    document = ProofField(label="Demande de l’autorité", required=False)
    who = PeopleField()
    classes = forms.MultipleChoiceField(label="Données demandées", widget=forms.CheckboxSelectMultiple)
    since = HandwrittenDateField(label="Du")
    until = HandwrittenDateField(label="Au")
    necessity = WordsField("Pourquoi ces données sont nécessaires et suffisent", rows=3)
    is_secret = forms.BooleanField(label="Le secret interdit de le dire à la personne", required=False)
    secrecy_ground = forms.CharField(
        label="Texte ou décision qui l’impose", max_length=160, required=False,
        help_text="Par exemple\u00a0: code de procédure pénale, art. 11\u202f; code monétaire et financier, art. L. 561-18.",
    )  # fmt: skip
    secret_until = HandwrittenDateField(
        label="Secrète jusqu’au", required=False, help_text="Laissez vide si aucun terme n’est fixé."
    )
    skips_approval = forms.BooleanField(label="Ce secret exclut l’approbation préalable du délégué", required=False)

    def __init__(self, *args: Any, kinds: list[Kind], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]  # a choice field
        self.fields["classes"].choices = every_class()  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", "Cette période finit avant de commencer.")
        if told.get("is_secret") and not told.get("secrecy_ground", "").strip():
            self.add_error("secrecy_ground", "Dites quel texte impose le secret.")
        if not told.get("is_secret") and (
            told.get("secrecy_ground") or told.get("secret_until") or told.get("skips_approval")
        ):
            self.add_error("is_secret", "Cochez cette case, ou videz ce qui concerne le secret.")
        if told.get("received_on") and told["received_on"] > timezone.localdate():
            self.add_error("received_on", "Ce jour n’est pas encore venu.")
        return told

    @property
    def asked(self) -> Asked:
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"kind", "who", "document"}}
        return Asked(**said)

    @property
    def subject(self) -> Found:
        found: Found = self.cleaned_data["who"]
        return found

    @property
    def paper(self) -> CleanFile | None:
        files: list[CleanFile] = self.cleaned_data["document"]
        return files[0] if files else None


class ApproveForm(forms.Form):
    words = WordsField("Observations", rows=3, required=False)


class RefuseForm(forms.Form):
    words = WordsField("Motif du refus", rows=3)


class HandOverForm(forms.Form):
    sent_on = HandwrittenDateField(label="Remise le")
    means = forms.ChoiceField(label="Moyen", choices=[("", "Choisissez"), *Means.choices])
    receipt = forms.CharField(
        label="Reçu", max_length=120, required=False, help_text="Numéro de dépôt ou de recommandé."
    )

    def clean_sent_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day


class ProduceForm(forms.Form):
    """A button, with nothing to say."""
