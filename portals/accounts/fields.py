"""Answers as people write them: dates by hand, numbers with spaces."""

import datetime
import re
from typing import Any

from django import forms

MONTH_WITH_30_DAYS = {4: "avril", 6: "juin", 9: "septembre", 11: "novembre"}


class HandwrittenDateField(forms.Field):
    """A date typed as text, `JJ/MM/AAAA`: its order never depends on the browser. Gives a `date`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "JJ/MM/AAAA"})

    def to_python(self, value: Any) -> datetime.date | None:
        text = str(value or "").strip()
        if not text:
            return None
        day, month, year = self._parts(text)
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise forms.ValidationError(_why_not(day, month, year), code="no_such_date") from None

    @staticmethod
    def _parts(text: str) -> tuple[int, int, int]:
        written = re.fullmatch(r"([0-9]{1,2})[\s/.-]*([0-9]{1,2})[\s/.-]*([0-9]{4})", text)
        if written:
            return int(written[1]), int(written[2]), int(written[3])
        stored = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
        if stored:
            return int(stored[3]), int(stored[2]), int(stored[1])
        raise forms.ValidationError(
            "Écrivez la date avec huit chiffres, par exemple 07/03/1985.", code="unreadable_date"
        )


class NumberAsTextField(forms.CharField):
    """A number that is a name (member number, SIRET, identifier): spaces and points are tolerated and dropped."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s.\u00a0\u202f]", "", super().to_python(value) or "")


def _why_not(day: int, month: int, year: int) -> str:
    """Why a date does not exist, in one sentence."""
    if not 1 <= month <= 12:
        return f"Cette date n’existe pas\u00a0: il n’y a pas de mois {month}."
    if month == 2 and day in {29, 30, 31}:
        days = 28 if day == 29 else 29
        reason = f"février {year} n’a que {days} jours" if day == 29 else f"février n’a jamais plus de {days} jours"
        return f"Cette date n’existe pas\u00a0: {reason}."
    if month in MONTH_WITH_30_DAYS and day == 31:
        return f"Cette date n’existe pas\u00a0: {MONTH_WITH_30_DAYS[month]} n’a que 30 jours."
    return "Cette date n’existe pas\u00a0: vérifiez le jour, le mois et l’année."
