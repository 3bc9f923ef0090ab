"""What is typed to change the account of a company."""

from django import forms
from django.conf import settings

from portals.banking.fields import IbanField


class AccountForm(forms.Form):
    """The new account, whose it is, and the mandate to debit it."""

    iban = IbanField()
    is_own = forms.BooleanField(
        label="Ce compte est au nom de l’organisme",
        error_messages={"required": "Nous ne prélevons et ne versons que sur un compte au nom de l’organisme."},
    )
    authorises = forms.BooleanField(
        error_messages={"required": "Sans ce mandat, ce compte ne peut pas régler les cotisations."}
    )

    field_order = ("iban", "is_own", "authorises")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed over as they came
        self.fields[
            "authorises"
        ].label = f"J’autorise {settings.ORGANISATION_FACTS.name} à y prélever les cotisations (mandat SEPA)"
