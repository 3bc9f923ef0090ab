"""What staff may ask of the figures: months, one axis, one family. There is no other question."""

import datetime
from typing import Any

from django import forms

from portals.presentation.formats import month_name
from privacy.statistics.reading import AXES, Asked, Words


class FiguresForm(forms.Form):
    """Read from the address. Without anything, the last twelve months by family of care."""

    axe = forms.ChoiceField(label="Par", choices=list(AXES.items()), required=False)
    famille = forms.ChoiceField(label="Famille de soins", required=False)
    du = forms.ChoiceField(label="De", required=False)
    au = forms.ChoiceField(label="À", required=False)

    def __init__(self, data: Any, *, months: list[datetime.date], words: Words) -> None:
        """`months`: those that were published, the latest first; one at least."""
        self._months = months
        first = {"axe": "family", "famille": "", "du": f"{months[:12][-1]:%Y-%m}", "au": f"{months[0]:%Y-%m}"}
        super().__init__({**first, **{name: data[name] for name in first if data.get(name)}})
        of_months = [(f"{month:%Y-%m}", month_name(month)) for month in months]
        choices = {"famille": [("", "Toutes"), *words.families.items()], "du": of_months, "au": of_months}
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("du", "") > said.get("au", ""):
            self.add_error("au", "Ce mois est avant l’autre.")
        return said

    def asked(self, source: str) -> Asked:
        """Of a form that is valid."""
        said = self.cleaned_data
        since, until = (datetime.date.fromisoformat(f"{said[name]}-01") for name in ("du", "au"))
        return Asked(source, since, until, said["axe"], said["famille"])
