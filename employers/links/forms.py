"""What the company types: whom it invites, and the first day that it confirms."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from employers.companies.models import GroupContract
from employers.links.sealing import Invited
from employers.workforce.queries import facts_of
from employers.workforce.rules import earliest_start, latest_start
from portals.accounts.fields import HandwrittenDateField
from portals.presentation.formats import NBSP, long_date

MISSING = "Cette réponse manque."
OFF = {"autocomplete": "off"}
BAD_EMAIL = f"Cette adresse n’est pas complète{NBSP}: nom@exemple.fr."


class InviteForm(forms.Form):
    """One employee: name, address, contract, first day. Nothing else is asked of the company."""

    given_names = forms.CharField(label="Prénom", max_length=120, widget=forms.TextInput(attrs=OFF))
    family_name = forms.CharField(label="Nom", max_length=80, widget=forms.TextInput(attrs=OFF))
    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text="Personnelle de préférence\u00a0: le lien y part, et rien d’autre.",
        widget=forms.EmailInput(attrs=OFF),
        error_messages={"invalid": BAD_EMAIL},
    )
    contract = forms.ChoiceField(label="Contrat", error_messages={"invalid_choice": "Choisissez dans la liste."})
    population = forms.CharField(
        label="Population", max_length=80, required=False, help_text="Laissez vide pour celle du contrat.",
        widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    start_date = HandwrittenDateField(label="Premier jour d’affiliation")
    employee_number = forms.CharField(
        label="Matricule", max_length=40, required=False, widget=forms.TextInput(attrs=OFF)
    )

    def __init__(self, *args: Any, contracts: Sequence[GroupContract], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._contracts = {str(contract.pk): contract for contract in contracts}
        self._today = today
        for field in self.fields.values():
            field.error_messages["required"] = MISSING
        field = self.fields["contract"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (number, f"{contract.contract_number}, {contract.population}")
                for number, contract in self._contracts.items()
            ]
        if len(self._contracts) == 1:
            del self.fields["contract"]

    @property
    def chosen_contract(self) -> GroupContract:
        """The contract asked for, or the only one."""
        chosen = self.cleaned_data.get("contract") or next(iter(self._contracts))
        return self._contracts[chosen]

    @property
    def invited(self) -> Invited:
        said = self.cleaned_data
        return Invited(
            given_names=said["given_names"],
            family_name=said["family_name"],
            email=said["email"],
            employee_number=said["employee_number"],
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("start_date") and not (set(self.errors) & {"contract"}):
            facts = facts_of(self.chosen_contract)
            earliest, latest = earliest_start(facts, self._today), latest_start(facts, self._today)
            if not earliest <= said["start_date"] <= latest:
                words = f"Ce jour est entre le {long_date(earliest)} et le {long_date(latest)}."
                self.add_error("start_date", words)
        return said


class ConfirmForm(forms.Form):
    """The first day, as proposed or corrected."""

    start_date = HandwrittenDateField(label="Premier jour d’affiliation", error_messages={"required": MISSING})
