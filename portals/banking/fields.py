"""The answer in which an IBAN is typed."""

from typing import Any

from django import forms

from portals.banking.iban import IbanRefused, read_iban

LONGEST = 80
"""Signs that are read: the longest IBAN is 34, typed with spaces and perhaps its own name."""


class IbanField(forms.CharField):
    """An IBAN, with or without spaces, in any case. Gives it compact; says in words what is wrong."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-iban": ""}
        given = {
            "label": "IBAN",
            "max_length": LONGEST,
            "help_text": "Il est sur votre RIB. 27\u00a0signes pour un compte français, avec ou sans espaces.",
            "widget": forms.TextInput(attrs=attributes),
            "error_messages": {"required": "Écrivez l’IBAN du compte."},
            **options,
        }
        super().__init__(**given)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return read_iban(typed)
        except IbanRefused as refused:
            raise forms.ValidationError(str(refused), code="iban") from None
