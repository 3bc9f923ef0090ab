"""What the DPO asks of the journal. Without anybody or anything to look for, one month at most is read."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from portals.accounts import identifiers
from portals.accounts.models import Account
from portals.presentation.dates import TypedDateField
from privacy.audit.labels import LABELS
from privacy.audit.models import Entry
from privacy.audit.searching import about_account, about_person, between

LONGEST_BLIND = 31
"""Days read at once when nothing narrows the search: two partitions at most."""
NARROWING = ("personne", "compte", "agent", "numero")


class PersonForm(forms.Form):
    """Sent by POST: a name never stands in an address."""

    qui = forms.CharField(
        label="Nom, n° d’adhérent, de contrat ou de personne",
        max_length=120,
        error_messages={"required": "Écrivez un nom ou un numéro."},
    )


class SearchForm(forms.Form):
    """Sent by GET: numbers, codes and dates only."""

    personne = forms.IntegerField(label="Personne n°", required=False, min_value=1)
    compte = forms.CharField(label="Compte (identifiant)", required=False, max_length=20)
    agent = forms.CharField(label="Fait par (identifiant)", required=False, max_length=20)
    objet = forms.CharField(label="Objet (code)", required=False, max_length=60)
    numero = forms.CharField(label="N° d’objet", required=False, max_length=40)
    operation = forms.ChoiceField(label="Opération", required=False)
    reference = forms.CharField(label="Référence de requête", required=False, max_length=20)
    du = TypedDateField(label="Du", required=False)
    au = TypedDateField(label="Au", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = sorted((label, code) for code, label in LABELS.items())
        self.fields["operation"].choices = [("", "Toutes"), *((code, label) for label, code in labels)]  # type: ignore[attr-defined]  # a choice field

    def clean_compte(self) -> Account | None:
        return _account(self.cleaned_data["compte"])

    def clean_agent(self) -> Account | None:
        return _account(self.cleaned_data["agent"])

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        asked["au"] = asked.get("au") or today
        asked["du"] = asked.get("du") or asked["au"] - datetime.timedelta(days=LONGEST_BLIND - 1)
        if asked["du"] > asked["au"]:
            self.add_error("du", "Le premier jour vient après le dernier.")
        if bool(asked.get("numero")) != bool(asked.get("objet")):
            self.add_error("numero", "Écrivez le code de l’objet et son numéro, ou aucun des deux.")
        is_blind = not any(asked.get(name) for name in NARROWING)
        if is_blind and (asked["au"] - asked["du"]).days >= LONGEST_BLIND:
            self.add_error("du", "Sans personne, compte, agent ni objet, cherchez sur 31 jours au plus.")
        return asked

    @property
    def used(self) -> list[str]:
        """The names of what was asked, for the journal: never what was typed."""
        return [name for name in self.fields if self.data.get(name)]


def _account(typed: str) -> Account | None:
    """The account of an identifier; None when nothing was typed."""
    if not typed.strip():
        return None
    account = Account.objects.filter(identifier=identifiers.as_typed(typed)).first()
    if account is None:
        raise forms.ValidationError("Aucun compte n’a cet identifiant.")
    return account


def selection(asked: dict[str, Any]) -> QuerySet[Entry]:
    """The entries that a valid search asks for, without an order."""
    midnight = datetime.time()
    since = timezone.make_aware(datetime.datetime.combine(asked["du"], midnight))
    until = timezone.make_aware(datetime.datetime.combine(asked["au"] + datetime.timedelta(days=1), midnight))
    entries = between(since, until)
    if asked.get("personne"):
        entries = entries.filter(about_person(asked["personne"]))
    if asked.get("compte"):
        entries = entries.filter(Q(account_id=asked["compte"].pk) | about_account(asked["compte"].pk))
    if asked.get("agent"):
        entries = entries.filter(account_id=asked["agent"].pk)
    if asked.get("numero"):
        entries = entries.filter(object_kind=asked["objet"], object_id=asked["numero"])
    if asked.get("operation"):
        entries = entries.filter(action=asked["operation"])
    if asked.get("reference"):
        entries = entries.filter(reference=asked["reference"].strip().upper())
    return entries
