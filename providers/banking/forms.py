"""What is typed to change the account of a practice."""

from django import forms

from portals.banking.fields import IbanField


class AccountForm(forms.Form):
    """The new account, and the word of its holder: the name of an account is not ours to read."""

    iban = IbanField()
    is_own = forms.BooleanField(
        label="Ce compte est au nom du cabinet ou du professionnel qui a signé la convention",
        error_messages={"required": "Nous ne versons que sur un compte à ce nom."},
    )
