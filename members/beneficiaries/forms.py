"""The forms of the wizard: who is added, why somebody leaves, what keeps a child covered, the documents."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from members.beneficiaries.rules import Rule, Unfit, check_birth, check_event, nir_contradicts, reasons_for
from members.beneficiaries.words import BEYOND_AGE, Case, Reason
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.correspondence.rules import names_medical_document
from portals.documents.fields import ProofField
from portals.feeds.errors import Unfit as BadNumber
from portals.feeds.numbers import nir as nir_column
from portals.names import unaccented

MISSING = "Cette réponse manque."
WRITTEN = "%d/%m/%Y"
MEDICAL = (
    "Un document médical ne passe pas par ici\u00a0: aucune de ces demandes n’en a besoin. Envoyez la décision ou "
    "l’attestation administrative\u202f; elle suffit."
)
EVENTS = {
    Case.SPOUSE: ("Date du mariage", "le mariage"),
    Case.PACS: ("Date du PACS", "le PACS"),
    Case.PARTNER: ("Depuis quand vivez-vous ensemble", "cette date"),
    Case.CHILD: ("Date d’arrivée au foyer, si ce n’est pas la naissance", "cette date"),
    Case.ASCENDANT: ("À votre charge depuis le", "cette date"),
    Case.OTHER: ("À votre charge depuis le", "cette date"),
}
"""The event that opens the right, and how a sentence names it. For a newborn it is the birth."""
LEAVING = {
    Reason.DIVORCE: "la séparation",
    Reason.PACS_END: "la fin du PACS",
    Reason.DEATH: "le décès",
}


class _Answers(forms.Form):
    """What the forms of this room have in common: an answer that is missing is said the same way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING


class PersonForm(_Answers):
    """Who is added, as the proof names them. The rule of the case was read before."""

    family_name = forms.CharField(label="Nom de famille", max_length=80)
    birth_name = forms.CharField(label="Nom de naissance, s’il est différent", max_length=80, required=False)
    given_names = forms.CharField(label="Prénoms", max_length=120, help_text="Dans l’ordre de l’état civil.")
    sex = forms.ChoiceField(
        label="Sexe à l’état civil", choices=[("2", "Féminin"), ("1", "Masculin")], widget=forms.RadioSelect
    )
    birth_date = HandwrittenDateField(label="Date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1985.")
    birth_rank = forms.ChoiceField(
        label="Rang de naissance",
        choices=[("1", "1, naissance simple ou premier jumeau"), ("2", "2, second jumeau"), ("3", "3"), ("4", "4")],
    )
    event_date = HandwrittenDateField(label="Date")
    nir = NumberAsTextField(
        label="Numéro de sécurité sociale",
        max_length=24,
        required=False,
        help_text="15 chiffres, sur l’attestation de droits. Sans lui, la caisse ne peut pas nous transmettre les décomptes.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )

    def __init__(self, *args: Any, rule: Rule, holder_born: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.holder_born, self.today = rule, holder_born, timezone.localdate()
        event = EVENTS.get(Case(rule.case))
        if event is None:
            del self.fields["event_date"]
        else:
            self.fields["event_date"].label = event[0]
            self.fields["event_date"].required = rule.case != Case.CHILD

    def clean_nir(self) -> str:
        typed: str = self.cleaned_data["nir"]
        try:
            return nir_column().read(typed.upper()) if typed else ""
        except BadNumber:
            raise forms.ValidationError(
                "Ce numéro n’est pas juste\u00a0: recopiez ses 15 chiffres, clé comprise."
            ) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            if "birth_date" in said:
                check_birth(self.rule, said["birth_date"], holder_born=self.holder_born, today=self.today)
            if said.get("event_date"):
                name = EVENTS[Case(self.rule.case)][1]
                check_event(name, said["event_date"], today=self.today, may_come=False)
        except Unfit as unfit:
            self.add_error(unfit.field, str(unfit))
        known = {"nir", "sex", "birth_date"} <= said.keys() and said["nir"]
        if known and nir_contradicts(said["nir"], sex=said["sex"], birth_date=said["birth_date"]):
            self.add_error(
                "nir", "Ce numéro dit un autre sexe ou une autre date de naissance\u00a0: vérifiez les trois."
            )
        return said

    def answers(self) -> dict[str, str]:
        """What is sealed: everything but the event, which is a date of the request."""
        said = {
            name: str(value) for name, value in self.cleaned_data.items() if name not in {"birth_date", "event_date"}
        }
        return {**said, "birth_date": self.cleaned_data["birth_date"].isoformat()}

    def event(self) -> datetime.date | None:
        """The day that opens the right: the event asked, or the birth."""
        asked: datetime.date | None = self.cleaned_data.get("event_date")
        born: datetime.date = self.cleaned_data["birth_date"]
        return asked or (born if self.rule.case in {Case.NEWBORN, Case.CHILD} else None)


class RemovalForm(_Answers):
    """Why somebody leaves, and since when."""

    reason = forms.ChoiceField(label="Pourquoi", choices=Reason, widget=forms.RadioSelect)
    event_date = HandwrittenDateField(
        label="Date de l’événement",
        required=False,
        help_text="Du jugement, de la fin du PACS, du décès\u202f; ou premier jour de l’autre complémentaire.",
    )
    words = forms.CharField(
        label="Précision",
        required=False,
        max_length=300,
        help_text="Seulement pour une autre raison, sans détail de santé.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        if isinstance(reason, forms.ChoiceField):
            reason.choices = [(each.value, each.label) for each in reasons_for(role)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        reason, event = said.get("reason"), said.get("event_date")
        if reason and reason != Reason.OTHER and event is None and "event_date" not in self.errors:
            self.add_error("event_date", "Écrivez la date\u00a0: elle décide de celle du retrait.")
        if reason == Reason.OTHER and not said.get("words", "").strip():
            self.add_error("words", "Dites-nous la raison en quelques mots.")
        if reason and event:
            try:
                check_event(
                    LEAVING.get(Reason(reason), "cette date"), event, today=timezone.localdate(),
                    may_come=reason == Reason.OWN_COVER,
                )  # fmt: skip
            except Unfit as unfit:
                self.add_error(unfit.field, str(unfit))
        return said


class KeepForm(_Answers):
    """What keeps a child covered beyond the age."""

    case = forms.ChoiceField(label="Sa situation", widget=forms.RadioSelect)

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.fields["case"]
        if isinstance(case, forms.ChoiceField):
            case.choices = [(rule.case, rule.label) for rule in rules if rule.case in BEYOND_AGE]


class DocumentsForm(forms.Form):
    """The documents of a request, in one or several times. A medical one is not taken (PDP-4.2)."""

    proofs = ProofField(label="Vos documents")

    def __init__(self, *args: Any, already: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proofs"]
        if isinstance(field, ProofField):
            field.already = already

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if any(names_medical_document(unaccented(file.name)) for file in said.get("proofs", [])):
            self.add_error("proofs", forms.ValidationError(MEDICAL, code="medical"))
        return said


def initial_of(answers: dict[str, str], event: datetime.date | None) -> dict[str, str]:
    """What a draft holds, as the initial answers of a form."""
    born = answers.get("birth_date")
    return {
        **answers,
        "birth_date": datetime.date.fromisoformat(born).strftime(WRITTEN) if born else "",
        "event_date": event.strftime(WRITTEN) if event else "",
    }
