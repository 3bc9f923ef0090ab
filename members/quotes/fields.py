"""Amounts as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms

MOST = Decimal(100_000)
WRITTEN = re.compile(r"\d{1,6}([.,]\d{1,2})?")


class EurosField(forms.Field):
    """An amount typed by hand, `1 234,56 €`. Gives a `Decimal` in euros, above zero; None when left empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"[\s\u00a0\u202f€]", "", str(value or ""))
        if not text:
            return None
        if not WRITTEN.fullmatch(text):
            raise forms.ValidationError("Écrivez un montant en euros, par exemple 128,50.", code="unreadable")
        amount = Decimal(text.replace(",", "."))
        if amount > MOST:
            raise forms.ValidationError("Ce montant dépasse 100 000\u202f€\u00a0: vérifiez-le.", code="too_much")
        if not amount:
            raise forms.ValidationError("Écrivez un montant au-dessus de zéro.", code="zero")
        return amount
