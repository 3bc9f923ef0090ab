"""A date typed by hand, `JJ/MM/AAAA`: a text field, so that the order never depends on the browser."""

import calendar
import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portals.presentation.formats import MONTHS, short_date

TYPED = re.compile(r"\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{4})\s*")
FIRST_YEAR, LAST_YEAR = 1850, 2150
NBSP = "\u00a0"


def read_date(typed: str) -> datetime.date:
    """The date that was typed. Raises ValidationError with what is wrong, in words."""
    found = TYPED.fullmatch(typed)
    if found is None:
        raise ValidationError("Écrivez le jour, le mois et l’année, par exemple 24/09/2026.", code="shape")
    day, month, year = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"L’année {year} n’est pas possible ici.", code="year")
    if not 1 <= month <= 12:
        raise ValidationError(f"Cette date n’existe pas{NBSP}: il n’y a pas de mois n°{NBSP}{month}.", code="month")
    last = calendar.monthrange(year, month)[1]
    if day > last or day == 0:
        name = MONTHS[month - 1] + (f"{NBSP}{year}" if month == 2 else "")
        only = f"il n’y a pas de jour{NBSP}0" if day == 0 else f"{name} n’a que {last}{NBSP}jours"
        raise ValidationError(f"Cette date n’existe pas{NBSP}: {only}.", code="day")
    return datetime.date(year, month, day)


class TypedDateField(forms.CharField):
    """Cleans to a date, or None when it is left empty and not required."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "JJ/MM/AAAA", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if isinstance(value, datetime.date) else value

    def clean(self, value: Any) -> datetime.date | None:
        typed = super().clean(value)
        return read_date(typed) if typed else None
