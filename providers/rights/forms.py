"""The question, as it is typed at a counter or read from a card. It is sent by POST: nothing of it is in an address."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.rights.questions import LONGEST, Question, Typed, UnreadableCode, looks_scanned, read_code
from portals.dates import months_after
from portals.presentation.dates import TypedDateField
from providers.rights.rules import DAYS_AHEAD, YEARS_BACK

IN_A_ROW = re.compile(r"\s*([0-9]{2})([0-9]{2})([0-9]{4})\s*")
NOT_A_CARD = "Ce code n’est pas celui d’une de nos cartes. Tapez le n°\u00a0adhérent et la date de naissance."
BIG = {"class": "form-control big", "autocomplete": "off", "inputmode": "numeric"}


class CounterDateField(TypedDateField):
    """A date typed with its signs, or as eight figures in a row."""

    def clean(self, value: Any) -> datetime.date | None:
        found = IN_A_ROW.fullmatch(value) if isinstance(value, str) else None
        return super().clean("/".join(found.groups()) if found else value)


class LookupForm(forms.Form):
    """Once it is valid, `question` and `day` are what was asked. `slots` stand in an empty form for what is typed."""

    member_number = forms.CharField(
        label="N°\u00a0adhérent",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": NOT_A_CARD},
        widget=forms.TextInput(attrs=BIG | {"autofocus": True}),
    )
    birth_date = CounterDateField(
        label="Date de naissance du patient",
        required=False,
        help_text="JJ/MM/AAAA ou JJMMAAAA.",
        widget=forms.TextInput(attrs=BIG),
    )
    birth_rank = forms.IntegerField(
        label="Rang de naissance",
        required=False,
        min_value=1,
        max_value=9,
        help_text="Pour des jumeaux seulement\u00a0: il est imprimé sur la carte.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Écrivez un chiffre, de 1 à 9."),
        widget=forms.TextInput(attrs=BIG | {"maxlength": "1"}),
    )
    day = CounterDateField(
        label="Date des soins",
        error_messages={"required": "Écrivez la date des soins."},
        widget=forms.TextInput(attrs=BIG),
    )
    scan = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": NOT_A_CARD}, widget=forms.HiddenInput
    )

    def __init__(
        self, data: Any = None, *, today: datetime.date | None = None, slots: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, auto_id="rights_%s", initial=slots)
        self.today = today or timezone.localdate()
        self._question: Question | None = None

    @property
    def question(self) -> Question:
        """What was asked. Raises ValueError before the form was found valid."""
        if self._question is None:
            raise ValueError("the form is not valid")
        return self._question

    @property
    def chosen_day(self) -> datetime.date:
        """The day of care."""
        day: datetime.date = self.cleaned_data["day"]
        return day

    def clean_day(self) -> datetime.date:
        """A day for which somebody may still be billed, or will soon be treated."""
        day: datetime.date = self.cleaned_data["day"]
        if day < months_after(self.today, -12 * YEARS_BACK):
            raise ValidationError("Ces soins datent de plus de deux ans.")
        if day > self.today + datetime.timedelta(days=DAYS_AHEAD):
            raise ValidationError("Choisissez une date à moins de deux mois.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("member_number") or ""
        scanned = cleaned.get("scan") or (typed if looks_scanned(typed) else "")
        if scanned:
            self._errors_of_typing_do_not_count()
            self._read(scanned)
        else:
            self._ask("".join(typed.split()), cleaned)
        return cleaned

    def _errors_of_typing_do_not_count(self) -> None:
        for name in ("birth_date", "birth_rank"):
            self.errors.pop(name, None)

    def _read(self, scanned: str) -> None:
        try:
            self._question = read_code(scanned)
        except UnreadableCode:
            self.add_error("member_number", NOT_A_CARD)

    def _ask(self, number: str, cleaned: dict[str, Any]) -> None:
        if not number and "member_number" not in self.errors:
            self.add_error("member_number", "Écrivez le n°\u00a0adhérent, ou scannez la carte.")
        if not cleaned.get("birth_date") and "birth_date" not in self.errors:
            self.add_error("birth_date", "Écrivez la date de naissance du patient.")
        if number and cleaned.get("birth_date"):
            self._question = Typed(number, cleaned["birth_date"], cleaned.get("birth_rank"))
