"""The filters of the list of slips, and what a company says of a line that it disputes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from employers.contributions.models import Status
from employers.contributions.rules import Sheet
from portals.correspondence.forms import EnclosureField, LetterField

ALL_YEARS = "toutes"
UNKNOWN = {"invalid_choice": "Choisissez dans la liste."}


class FilterForm(forms.Form):
    """A year, the last one that has slips when nothing is said; a state; a contract, when there are several."""

    year = forms.ChoiceField(label="Année", required=False, error_messages=UNKNOWN)
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *Status.choices], error_messages=UNKNOWN
    )
    contract = forms.ChoiceField(label="Contrat", required=False, error_messages=UNKNOWN)

    def __init__(self, data: Any, sheets: Sequence[Sheet]) -> None:
        years = sorted({sheet.slip.period_end.year for sheet in sheets}, reverse=True)
        self.latest = str(years[0]) if years else ""
        said = {name: data.get(name, "") for name in self.base_fields}
        super().__init__(said | {"year": said["year"] or self.latest}, auto_id="filter_%s")
        contracts = {
            sheet.slip.contract.contract_number: f"{sheet.slip.contract.contract_number}, {sheet.slip.contract.population}"
            for sheet in sheets
        }
        self._offer("year", [*((str(year), str(year)) for year in years), (ALL_YEARS, "Toutes")])
        self._offer("contract", [("", "Tous"), *sorted(contracts.items())])
        if len(contracts) < 2:
            del self.fields["contract"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def year_asked(self) -> int | None:
        """None for all of them. To be read once the form is valid, as what follows."""
        said = self.cleaned_data["year"]
        return None if said in {"", ALL_YEARS} else int(said)

    def chosen(self, sheets: Sequence[Sheet], *, whatever_state: bool = False) -> list[Sheet]:
        """The slips that the answers let through."""
        state = "" if whatever_state else self.cleaned_data["state"]
        contract = self.cleaned_data.get("contract", "")
        year = self.year_asked
        return [
            sheet
            for sheet in sheets
            if (year is None or sheet.slip.period_end.year == year)
            and (not state or sheet.slip.status == state)
            and (not contract or sheet.slip.contract.contract_number == contract)
        ]


class DisputeForm(forms.Form):
    """Why the line is not right."""

    text = LetterField(
        label="Ce qui ne va pas dans cette ligne",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Dites l’effectif, l’assiette ou le taux que vous attendiez, et depuis quand.",
    )
    enclosures = EnclosureField()
