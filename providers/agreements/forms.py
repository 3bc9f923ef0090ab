"""The number by which a professional adds another practice of theirs."""

from django import forms

from portals.accounts.fields import NumberAsTextField


class PracticeForm(forms.Form):
    """The agreement of the other practice."""

    agreement_number = NumberAsTextField(
        label="N°\u00a0de convention de l’autre cabinet",
        max_length=40,
        help_text="Il figure en tête de cette convention, signée sous votre RPPS.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le numéro de la convention."},
    )
