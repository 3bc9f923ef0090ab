"""The forms of step-up and of the change of address. The new password has `portals.accounts.forms.NewPasswordForm`."""

from typing import Any

from django import forms

from portals.accounts.models import Account

WRONG_PASSWORD = "Ce n’est pas votre mot de passe."  # noqa: S105 words for the person
WRONG_PASSKEY = "Cette clé d’accès n’a pas été reconnue. Recommencez, ou écrivez votre mot de passe."
WRONG_CODE = "Ce code n’est pas le bon, ou il ne sert plus."


class PasswordForm(forms.Form):
    """The password again."""

    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Écrivez votre mot de passe."},
    )


class MailCodeForm(forms.Form):
    """The code of the e-mail."""

    code = forms.CharField(
        label="Code reçu par e-mail",
        max_length=20,
        help_text="Six chiffres. Il sert une seule fois.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Écrivez le code de l’e-mail."},
    )


class EmailChangeForm(forms.Form):
    """The address to come."""

    email = forms.EmailField(
        label="Nouvelle adresse e-mail",
        max_length=254,
        help_text="Nous y envoyons un lien de confirmation. Plusieurs comptes d’une famille peuvent la partager.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez la nouvelle adresse.",
            "invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.",
        },
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if address.casefold() == self.account.email.casefold():
            raise forms.ValidationError("C’est déjà l’adresse de ce compte.")
        return address
