"""The forms of those who ask."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.correspondence.forms import LetterField
from portals.documents.fields import ProofField
from privacy.rights.models import Opinion, Right, Whom
from privacy.rights.registry import Concerned

MISSING = "Cette réponse manque."
NAME_MAX = 120
QUALITY_PROOF = (
    "Ajoutez la preuve de votre qualité\u00a0: acte de notoriété, livret de famille, jugement ou procuration."
)
HEIR = "deceased"
SELF = "self"
FOR_HELP: dict[str, str] = {
    Right.ACCESS: "Dites lesquelles, ou demandez tout\u00a0: les données et ce que nous en faisons.",
    Right.RECTIFICATION: "Ce qui est inexact ou incomplet, et ce qui est juste.",
    Right.ERASURE: "Les données à effacer. La loi en fait garder certaines\u00a0: la réponse dit lesquelles et pourquoi.",
    Right.RESTRICTION: "L’usage à suspendre, et pourquoi\u00a0: donnée contestée, litige en cours…",
    Right.OBJECTION: "L’usage que vous refusez, et ce qui, dans votre situation, le justifie.",
    Right.WITHDRAWAL: "L’accord que vous retirez.",
    Right.PORTABILITY: "Les données à emporter, et à qui les remettre si ce n’est pas à vous.",
    Right.POST_MORTEM: "Ce que deviennent vos données après votre décès, et qui vous chargez d’y veiller.",
    Right.QUESTION: "Votre question, ou ce qui vous inquiète.",
}


class AskForm(forms.Form):
    """A request from the space. Whoever may ask for others chooses for whom; a dependant is chosen by an id of the list."""

    right = forms.ChoiceField(
        label="Ce que vous demandez", choices=[("", "Choisissez"), *Right.choices], error_messages={"required": MISSING}
    )
    whom = forms.ChoiceField(label="Pour qui", error_messages={"required": MISSING})
    deceased = forms.CharField(
        label="Prénom et nom de la personne décédée",
        max_length=NAME_MAX,
        required=False,
        help_text="Si vous demandez en tant qu’héritier.",
    )
    words = LetterField(label="Votre demande", help_text="Dites ce que vous voulez, avec vos mots.")
    proofs = ProofField(
        label="Preuve de votre qualité d’héritier",
        required=False,
        help_text="Pour une personne décédée seulement. Pour vous-même, aucun document\u00a0: votre connexion suffit.",
    )

    def __init__(self, dependants: Sequence[Concerned], represented: str, *args: Any, **kwargs: Any) -> None:
        """`represented`: the name of the one whom the account acts for; empty when it acts for itself."""
        super().__init__(*args, **kwargs)
        if represented:
            choices = [(Whom.REPRESENTED.value, represented)]
        else:
            children = [(str(one.id), one.name) for one in dependants]
            choices = [(SELF, "Moi"), *children, (HEIR, Whom.DECEASED.label)]
        self.dependants = {str(one.id): one for one in dependants}
        self.fields["whom"] = forms.ChoiceField(
            label="Pour qui",
            choices=choices,
            initial=choices[0][0],
            error_messages={"required": MISSING},
            widget=forms.RadioSelect,
        )
        if represented:
            del self.fields["deceased"], self.fields["proofs"]
        right = FOR_HELP.get(str(self.initial.get("right", "")))
        if right:
            self.fields["words"].help_text = right

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("whom") == HEIR:
            if not answers.get("deceased", "").strip():
                self.add_error("deceased", MISSING)
            if not answers.get("proofs") and "proofs" not in self.errors:
                self.add_error("proofs", QUALITY_PROOF)
        return answers


class PublicForm(forms.Form):
    """A request without an account. What is typed is looked at by a worker, never by the page."""

    right = forms.ChoiceField(
        label="Ce que vous demandez", choices=[("", "Choisissez"), *Right.choices], error_messages={"required": MISSING}
    )
    whom = forms.ChoiceField(
        label="Pour qui",
        choices=[
            (Whom.SELF, "Moi"),
            (Whom.REPRESENTED, "Une personne que je représente, ou mon enfant"),
            (Whom.DECEASED, Whom.DECEASED.label),
        ],
        initial=Whom.SELF,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    name = forms.CharField(
        label="Vos prénom et nom",
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": MISSING},
    )
    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": MISSING,
            "invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.",
        },
    )
    member_number = NumberAsTextField(
        label="N° adhérent",
        max_length=24,
        required=False,
        help_text="Si vous l’avez\u00a0: il évite le plus souvent un justificatif d’identité.",
    )
    family_name = forms.CharField(
        label="Nom de famille du dossier",
        max_length=NAME_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    birth_date = HandwrittenDateField(
        label="Votre date de naissance", required=False, help_text="Jour, mois, année\u00a0: 07/03/1985."
    )
    concerned = forms.CharField(
        label="Prénom et nom de la personne concernée", max_length=NAME_MAX, required=False,
        help_text="Si ce n’est pas vous.",
    )  # fmt: skip
    words = LetterField(label="Votre demande", help_text="N’écrivez aucun détail de santé.")
    proofs = ProofField(
        label="Preuve de votre qualité",
        required=False,
        help_text="Pour quelqu’un d’autre que vous\u00a0: livret de famille, jugement, procuration, acte de notoriété. "
        "Pas de pièce d’identité\u00a0: nous n’en demandons une qu’en cas de doute.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("whom") in {Whom.REPRESENTED, Whom.DECEASED}:
            if not answers.get("concerned", "").strip():
                self.add_error("concerned", MISSING)
            if not answers.get("proofs") and "proofs" not in self.errors:
                self.add_error("proofs", QUALITY_PROOF)
        return answers

    def clean_birth_date(self) -> datetime.date | None:
        born: datetime.date | None = self.cleaned_data["birth_date"]
        if born is not None and not datetime.date(1900, 1, 1) <= born <= timezone.localdate():
            raise forms.ValidationError("Vérifiez l’année\u00a0: cette date ne peut pas être une date de naissance.")
        return born

    def claim(self) -> dict[str, str]:
        """Who asks, as the worker reads it."""
        said = self.cleaned_data
        names = ("name", "email", "member_number", "family_name", "concerned")
        claim = {name: said.get(name, "") for name in names}
        born = said.get("birth_date")
        return {**claim, "birth_date": born.isoformat() if born else ""}


class ProofForm(forms.Form):
    """The proof of identity that a doubt calls for."""

    proofs = ProofField(
        label="Justificatif d’identité",
        help_text="Carte d’identité, passeport ou permis. Vous pouvez masquer la photo et le numéro. PDF, JPEG ou PNG.",
    )


class OpinionForm(forms.Form):
    """One question, once answered (PDP-8.11)."""

    opinion = forms.ChoiceField(
        label="Cette réponse vous a-t-elle été utile\u202f?",
        choices=Opinion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
