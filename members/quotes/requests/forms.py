"""The forms of a request: what it is about, then its documents."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms

from members.households.rules import HouseholdPerson
from members.quotes.fields import EurosField
from members.quotes.requests.models import RequestKind
from portals.accounts.fields import HandwrittenDateField
from portals.correspondence.rules import names_medical_document
from portals.documents.fields import ProofField
from portals.documents.uploads import MAX_FILES, CleanFile
from portals.names import unaccented

MISSING = "Cette réponse manque."
KEPT = ("person", "need", "on", "professional", "amount")
"""What a draft keeps, as it was typed."""
OLDEST_YEARS = 2
"""Claims between a member and the mutual lapse after two years (code de la mutualité, art. L. 221-11)."""
LABELS = {
    RequestKind.PRIOR_AGREEMENT: ("Soin prévu", "Date prévue", "Montant du devis (€)"),
    RequestKind.REIMBURSEMENT: ("Soin", "Date des soins", "Montant payé (€)"),
}
MEDICAL = (
    "Un compte rendu ou un questionnaire médical va au médecin-conseil, par la poste et sous pli confidentiel. La "
    "facture ou le devis, et l’ordonnance, nous suffisent."
)


class AskForm(forms.Form):
    """What is asked, for whom. `needs`: code and label of each family that may be asked for."""

    person = forms.ChoiceField(label="Pour qui", error_messages={"required": MISSING})
    need = forms.ChoiceField(error_messages={"required": MISSING})
    on = HandwrittenDateField(error_messages={"required": MISSING})
    professional = forms.CharField(
        label="Professionnel ou établissement", max_length=120, error_messages={"required": MISSING},
        help_text="Tel qu’il figure sur le document.",
    )  # fmt: skip
    amount = EurosField(error_messages={"required": MISSING})

    def __init__(
        self,
        *args: Any,
        kind: RequestKind,
        persons: Sequence[HouseholdPerson],
        needs: Sequence[tuple[str, str]],
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today, self.need_labels = kind, today, dict(needs)
        for name, label in zip(("need", "on", "amount"), LABELS[kind], strict=True):
            self.fields[name].label = label
        for name, choices in (
            ("person", [(str(person.id), person.full_name) for person in persons]),
            ("need", [("", "Choisissez"), *needs]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.initial.setdefault("person", str(persons[0].id))

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        years = datetime.timedelta(days=365 * OLDEST_YEARS)
        if self.kind == RequestKind.PRIOR_AGREEMENT:
            if not self.today <= day <= self.today + years:
                raise forms.ValidationError("Une prise en charge se demande avant les soins\u00a0: vérifiez la date.")
        elif not self.today - years - datetime.timedelta(days=1) <= day <= self.today:
            raise forms.ValidationError("Un remboursement se demande dans les deux ans qui suivent les soins.")
        return day

    def content(self) -> dict[str, str]:
        """What the request says, as it is sealed."""
        said = self.cleaned_data
        amount: Decimal = said["amount"]
        return {
            "person": said["person"],
            "need": said["need"],
            "need_label": self.need_labels[said["need"]],
            "on": said["on"].strftime("%d/%m/%Y"),
            "professional": said["professional"],
            "amount": str(amount).replace(".", ","),
        }


class PaperField(ProofField):
    """Documents of a request; a medical report is sent to the post, as its name says."""

    def clean(self, value: Any) -> Any:
        for file in value or []:
            if names_medical_document(unaccented(file.name or "").replace("ordonnance", "")):
                raise forms.ValidationError(MEDICAL, code="medical")
        return super().clean(value)


class DocumentsForm(forms.Form):
    """The quote or the invoice, and the prescription: photographs or files, several times if need be."""

    first = PaperField(required=False)
    prescription = PaperField(label="L’ordonnance", required=False)

    def __init__(self, *args: Any, kind: RequestKind, already: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.already = already
        self.first_name = "Devis" if kind == RequestKind.PRIOR_AGREEMENT else "Facture"
        self.fields["first"].label = "Le devis" if kind == RequestKind.PRIOR_AGREEMENT else "La facture acquittée"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return answers
        count = len(answers["first"]) + len(answers["prescription"])
        if not count:
            raise forms.ValidationError("Ajoutez au moins un document.")
        if count + self.already > MAX_FILES:
            raise forms.ValidationError("Cinq documents au plus par demande\u00a0: réunissez les pages en un seul PDF.")
        return answers

    def papers(self) -> list[CleanFile]:
        """Each named by what it is: people photograph documents that are all called `image`."""
        said = self.cleaned_data
        return [
            *(replace(file, name=f"{self.first_name} {file.name}") for file in said["first"]),
            *(replace(file, name=f"Ordonnance {file.name}") for file in said["prescription"]),
        ]
