"""What the person declares and sends."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from members.portability.rules import NotAfterEnd, last_day_declared
from members.portability.words import Cause
from portals.accounts.fields import HandwrittenDateField
from portals.correspondence.rules import names_medical_document
from portals.documents.fields import ProofField
from portals.names import unaccented
from portals.presentation.formats import long_date

MEDICAL = (
    "Un document médical ne passe pas par ici\u00a0: l’attestation de France Travail suffit, sans rien de votre santé."
)


class ProofForm(forms.Form):
    """The certificate of the benefit, photographed or as a file. A medical document is not taken (PDP-4.2)."""

    proofs = ProofField(label="Votre justificatif")

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


class StopForm(forms.Form):
    """What stops it and since when. `last_day`, once valid: the last day covered."""

    cause = forms.ChoiceField(
        label="Ce qui change",
        choices=Cause,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui change."},
    )
    since = HandwrittenDateField(
        label="À partir du",
        help_text="Premier jour de l’emploi, premier jour sans allocation ou premier jour de la retraite.",
        error_messages={"required": "Indiquez la date."},
    )

    def __init__(self, *args: Any, ends_on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends_on = ends_on
        self.last_day = ends_on

    def clean_since(self) -> datetime.date:
        since: datetime.date = self.cleaned_data["since"]
        try:
            self.last_day = last_day_declared(since, today=timezone.localdate(), ends_on=self.ends_on)
        except NotAfterEnd:
            raise forms.ValidationError(
                f"Votre couverture s’arrête de toute façon le {long_date(self.ends_on)}\u00a0: il n’y a rien à déclarer."
            ) from None
        return since
