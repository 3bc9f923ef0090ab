"""The forms of the door: sign-in, sign-up, recovery, choice of a password."""

import datetime
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse_lazy
from django.utils import timezone
from stdnum import luhn
from stdnum.fr import siret

from portals.accounts import identifiers
from portals.accounts.fields import HandwrittenDateField, NumberAsTextField
from portals.accounts.models import Account, Space
from portals.accounts.passwords import HELP
from portals.accounts.signup import Answers

NAME_MAX = 120


class SignInForm(LoginForm):
    """allauth's form, with our words. The identifier may be typed with spaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="Identifiant",
            max_length=40,
            help_text="10 chiffres, reçus par e-mail à l’ouverture du compte.",
            widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
            error_messages={"required": "Écrivez votre identifiant."},
        )
        self.fields["password"] = forms.CharField(
            label="Mot de passe",
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            error_messages={"required": "Écrivez votre mot de passe."},
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        return identifiers.as_typed(self.cleaned_data["login"])

    @property
    def pause(self) -> int | None:
        """Seconds to wait, when it was refused for too many tries and not for what was typed."""
        for error in self.non_field_errors().as_data():
            if error.code == "too_many_login_attempts" and error.params:
                return int(error.params["seconds"])
        return None


class SignUpForm(forms.Form):
    """What every sign-up shares: answers to keep, and the key that limits are counted by."""

    space: Space
    claimed = ""
    """The field that says whose account is asked for: limits are counted by it and by network."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = "Cette réponse manque."

    def answers(self) -> Answers:
        """The answers as the worker reads them."""
        cleaned = self.cleaned_data
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in cleaned.items()
        }


def _email_field(help_text: str) -> forms.EmailField:
    return forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr."},
    )


def _acting_person_field() -> forms.CharField:
    return forms.CharField(
        label="Vos prénom et nom",
        max_length=NAME_MAX,
        help_text="La personne qui agira dans l’espace pour l’organisme.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class MemberSignUpForm(SignUpForm):
    """Natural persons insured by the mutual (CGU-1.2)."""

    space = Space.MEMBER
    claimed = "member_number"

    member_number = NumberAsTextField(
        label="N° adhérent",
        max_length=24,
        help_text="Il figure sur votre carte de tiers payant. Un ayant droit utilise celui de l’adhérent.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label="Nom de famille",
        max_length=NAME_MAX,
        help_text="D’usage ou de naissance.",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    birth_date = HandwrittenDateField(label="Date de naissance", help_text="Jour, mois, année\u00a0: 07/03/1985.")
    email = _email_field(
        "Elle sert si nous n’en connaissons aucune\u00a0: sinon, nous écrivons à celle de votre dossier."
    )

    def clean_birth_date(self) -> datetime.date:
        born: datetime.date = self.cleaned_data["birth_date"]
        if not datetime.date(1900, 1, 1) <= born <= timezone.localdate():
            raise forms.ValidationError("Vérifiez l’année\u00a0: cette date ne peut pas être une date de naissance.")
        return born


class EmployerSignUpForm(SignUpForm):
    """Legal persons with a group contract, companies and associations alike (CGU-1.3)."""

    space = Space.EMPLOYER
    claimed = "siret"

    siret = NumberAsTextField(
        label="SIRET",
        max_length=24,
        help_text="14 chiffres, ceux de l’établissement qui a souscrit le contrat.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    contract_number = NumberAsTextField(
        label="N° de contrat collectif",
        max_length=40,
        help_text="Il figure en tête de vos bordereaux de cotisations.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    person_name = _acting_person_field()
    email = _email_field("Celle du contact que l’organisme nous a déclaré.")

    def clean_siret(self) -> str:
        number: str = self.cleaned_data["siret"]
        if not siret.is_valid(number):
            raise forms.ValidationError("Ce SIRET n’existe pas\u00a0: vérifiez ses 14 chiffres.")
        return number


class ProfessionalSignUpForm(SignUpForm):
    """Professionals who signed a third-party-payment agreement (CGU-1.4)."""

    space = Space.PROFESSIONAL
    claimed = "professional_number"

    professional_number = NumberAsTextField(
        label="N° RPPS ou FINESS",
        max_length=24,
        help_text="11 chiffres pour un RPPS, 9 pour un FINESS.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreement_number = NumberAsTextField(
        label="N° de convention de tiers payant",
        max_length=40,
        help_text="Il figure en tête de votre convention.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    person_name = _acting_person_field()

    def clean_professional_number(self) -> str:
        number: str = self.cleaned_data["professional_number"].upper()
        is_rpps = len(number) == 11 and number.isascii() and number.isdecimal() and luhn.is_valid(number)
        # The key of Corsican FINESS numbers (2A, 2B) is not established: their shape alone is checked.
        is_finess = len(number) == 9 and number.isascii() and number.isalnum()
        if not (is_rpps or is_finess):
            raise forms.ValidationError("Ce numéro n’est ni un RPPS (11 chiffres) ni un FINESS (9 chiffres).")
        return number


SIGN_UP_FORMS: dict[str, type[SignUpForm]] = {
    form.space: form for form in (MemberSignUpForm, EmployerSignUpForm, ProfessionalSignUpForm)
}


class RecoveryForm(forms.Form):
    """Lost identifier or password: either lets us write to the account (CGU-2.4)."""

    login = forms.CharField(
        label="Identifiant ou adresse e-mail",
        max_length=254,
        help_text="Avec l’adresse e-mail, vous recevez aussi votre identifiant.",
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Écrivez votre identifiant ou votre adresse e-mail."},
    )


class NewPasswordForm(forms.Form):
    """The choice of a password: typed once, readable on demand. Nothing cuts it short."""

    password = forms.CharField(
        label="Nouveau mot de passe",
        strip=False,
        help_text=HELP,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password", "data-strength": reverse_lazy("portals:password_strength")}
        ),
        error_messages={"required": "Écrivez le mot de passe que vous choisissez."},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password
