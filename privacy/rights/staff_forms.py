"""The forms of the data protection officer and of the services."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts import identifiers
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.accounts.models import Account, Space
from portals.documents.fields import ProofField
from privacy.rights.data_classes import classes_of
from privacy.rights.models import Channel, Outcome, Right, RightsRequest, Verdict, Whom
from privacy.rights.registry import tasks_for

MISSING = "Cette réponse manque."
LONGEST = 6000


class TextField(forms.CharField):
    """Words for the person or for colleagues."""

    def __init__(self, rows: int = 5, **options: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.error_messages["required"] = "Écrivez le texte."


class EntryForm(forms.Form):
    """A request that came by e-mail or by post."""

    channel = forms.ChoiceField(
        label="Voie", choices=[(one.value, one.label) for one in (Channel.POST, Channel.EMAIL)], widget=forms.RadioSelect,
        initial=Channel.POST, error_messages={"required": MISSING},
    )  # fmt: skip
    received_on = HandwrittenDateField(
        label="Reçue le", help_text="Le jour où elle nous est parvenue\u00a0: le délai en part."
    )
    right = forms.ChoiceField(
        label="Droit exercé", choices=[("", "Choisissez"), *Right.choices], error_messages={"required": MISSING}
    )
    whom = forms.ChoiceField(
        label="Pour",
        choices=[
            (Whom.SELF, "L’auteur de la demande"),
            (Whom.DEPENDANT, "Son enfant de moins de 16 ans"),
            (Whom.REPRESENTED, "Une personne représentée"),
            (Whom.DECEASED, "Une personne décédée"),
        ],
        error_messages={"required": MISSING},
    )
    name = forms.CharField(label="Prénom et nom de l’auteur", max_length=120, error_messages={"required": MISSING})
    concerned = forms.CharField(label="Personne concernée, si ce n’est pas l’auteur", max_length=120, required=False)
    address = forms.CharField(
        label="Adresse postale", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    email = forms.EmailField(label="Adresse e-mail", max_length=254, required=False)
    identifier = NumberAsTextField(
        label="Identifiant du compte", max_length=24, required=False,
        help_text="S’il en a un\u00a0: la réponse sera aussi dans son espace.",
    )  # fmt: skip
    words = TextField(rows=6, label="La demande", help_text="Recopiez l’essentiel, sans détail de santé.")
    proofs = ProofField(label="Justificatifs reçus avec la demande", required=False)

    account: Account | None = None

    def clean_received_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day

    def clean_identifier(self) -> str:
        typed = identifiers.as_typed(self.cleaned_data["identifier"])
        if typed:
            self.account = Account.objects.filter(identifier=typed).exclude(space=Space.STAFF).first()
            if self.account is None:
                raise forms.ValidationError("Aucun compte ne porte cet identifiant.")
        return typed

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("whom") not in {None, Whom.SELF} and not answers.get("concerned"):
            self.add_error("concerned", MISSING)
        if not answers.get("address") and not answers.get("email") and not answers.get("identifier"):
            self.add_error("address", "Il faut une adresse où répondre\u00a0: postale, e-mail, ou un compte.")
        return answers

    def claim(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("name", "concerned", "address", "email")}


class StaffForm(forms.Form):
    """A form about one request."""

    def __init__(self, request: RightsRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.prepare()

    def prepare(self) -> None:
        """What depends on the request."""


class PauseForm(StaffForm):
    reason = TextField(
        label="Ce qui fait raisonnablement douter de l’identité",
        help_text="La personne le lit. Le doute porte sur cette demande\u00a0: il n’est jamais systématique.",
    )


class IdentityForm(StaffForm):
    how = TextField(
        rows=3, label="Comment l’identité est établie", help_text="Rappel au numéro du dossier, par exemple."
    )


class ReceiptForm(StaffForm):
    received_on = HandwrittenDateField(label="Reçu le", help_text="Le délai court de nouveau à partir de ce jour.")
    proofs = ProofField(label="Justificatif d’identité")

    def clean_received_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["received_on"]
        if day > timezone.localdate() or day < self.request.received_on:
            raise forms.ValidationError("Ce jour doit être entre la demande et aujourd’hui.")
        return day


class CheckForm(StaffForm):
    accepted = forms.ChoiceField(
        label="Le justificatif",
        choices=[("yes", "Établit l’identité ou la qualité"), ("no", "Ne suffit pas")],
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    reason = TextField(
        rows=3,
        required=False,
        label="S’il ne suffit pas, pourquoi",
        help_text="La personne le lit. Le délai est suspendu.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("accepted") == "no" and not answers.get("reason", "").strip():
            self.add_error("reason", "Écrivez le texte.")
        return answers


class ExtensionForm(StaffForm):
    reason = TextField(
        rows=3, label="Pourquoi deux mois de plus", help_text="Complexité ou nombre des demandes. La personne le lit."
    )


class TaskForm(StaffForm):
    kind = forms.ChoiceField(label="Tâche", error_messages={"required": MISSING})
    instruction = TextField(rows=3, required=False, label="Consigne", help_text="Le strict nécessaire pour agir.")

    def prepare(self) -> None:
        kinds = tasks_for(self.request.right, self.request.space)
        self.fields["kind"] = forms.ChoiceField(
            label="Tâche", choices=[("", "Choisissez"), *((kind.code, kind.label) for kind in kinds)],
            error_messages={"required": MISSING},
        )  # fmt: skip
        self.order_fields(["kind", "instruction"])


class DecisionForm(StaffForm):
    """One verdict and one reason for each class of data that the declarations know; empty, it is not concerned."""

    def prepare(self) -> None:
        written = {row.data_class: row for row in self.request.decisions.all()}
        for rank, one in enumerate(classes_of(self.request.space)):
            before = written.get(one.code)
            self.fields[f"verdict_{rank}"] = forms.ChoiceField(
                label=one.label, choices=[("", "Non concerné"), *Verdict.choices], required=False,
                initial=before.verdict if before else "", help_text=one.legal_reason,
            )  # fmt: skip
            self.fields[f"reason_{rank}"] = forms.CharField(
                label=f"Raison\u00a0: {one.label}", required=False, max_length=1000,
                initial=before.reason if before else (one.legal_reason if one.is_kept else ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for rank, _one in enumerate(classes_of(self.request.space)):
            needs_reason = answers.get(f"verdict_{rank}") in {Verdict.REFUSED, Verdict.PARTLY}
            if needs_reason and not answers.get(f"reason_{rank}", "").strip():
                self.add_error(f"reason_{rank}", "Un refus dit sa raison.")
        if not any(answers.get(f"verdict_{rank}") for rank in range(len(classes_of(self.request.space)))):
            raise forms.ValidationError("Décidez pour une donnée au moins.")
        return answers

    def decisions(self) -> dict[str, tuple[Verdict, str]]:
        """By class; a reason is kept with what is refused, wholly or in part."""
        said = self.cleaned_data
        made = {}
        for rank, one in enumerate(classes_of(self.request.space)):
            if said.get(f"verdict_{rank}"):
                verdict = Verdict(said[f"verdict_{rank}"])
                refused = verdict in {Verdict.REFUSED, Verdict.PARTLY}
                made[one.code] = (verdict, said[f"reason_{rank}"] if refused else "")
        return made


class AnswerForm(StaffForm):
    outcome = forms.ChoiceField(
        label="Issue", choices=[("", "Choisissez"), *Outcome.choices], error_messages={"required": MISSING}
    )
    text = TextField(
        rows=8,
        label="La réponse",
        help_text="La personne la lit telle quelle. Les décisions par donnée et les recours sont ajoutés à la lettre.",
    )


class FinishForm(forms.Form):
    """A service has done its task."""

    report = TextField(rows=3, label="Ce qui a été fait", help_text="Pour le délégué à la protection des données.")
