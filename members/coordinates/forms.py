"""What is typed to change an account, an address or a telephone."""

import re
from typing import Any

from django import forms

from members.coordinates.rules import FRANCE, PostcodeRefused, check_commune
from portals.banking.fields import IbanField
from portals.postal import communes_of

COUNTRIES = (
    (FRANCE, "France"), ("DE", "Allemagne"), ("AD", "Andorre"), ("BE", "Belgique"), ("ES", "Espagne"), ("IT", "Italie"),
    ("LU", "Luxembourg"), ("MC", "Monaco"), ("NL", "Pays-Bas"), ("PT", "Portugal"), ("GB", "Royaume-Uni"),
    ("CH", "Suisse"),
)  # fmt: skip
FRENCH_POSTCODE = re.compile(r"\d{5}")
NATIONAL_NUMBER = re.compile(r"0[1-9]\d{8}")
INTERNATIONAL_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
MISSING = "Cette réponse manque."


class AccountForm(forms.Form):
    """The new account, and the word of its holder: the name of an account is not ours to read."""

    iban = IbanField()
    is_own = forms.BooleanField(
        label="Ce compte est à mon nom, ou j’en suis cotitulaire",
        error_messages={"required": "Nous ne versons que sur un compte à votre nom."},
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        """`name`: the person represented, when somebody else fills the form."""
        super().__init__(*args, **kwargs)
        if name:
            self.fields["is_own"].label = f"Ce compte est au nom de {name}, ou de cette personne avec une autre"
            self.fields["is_own"].error_messages["required"] = "Nous ne versons que sur un compte à son nom."


class ContactForm(forms.Form):
    """Where a person lives, and the number to call. `for_children` is asked of whoever has any at the same address."""

    address_line1 = forms.CharField(
        label="Numéro et voie", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "address-line1"})
    )
    address_line2 = forms.CharField(
        label="Bâtiment, étage, lieu-dit",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    postcode = forms.CharField(
        label="Code postal", max_length=12, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    city = forms.CharField(
        label="Commune", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(label="Pays", choices=COUNTRIES, initial=FRANCE)
    phone = forms.CharField(
        label="Téléphone",
        max_length=24,
        required=False,
        help_text="Dix chiffres\u202f; d’un autre pays, avec l’indicatif\u00a0: +32 470 12 34 56.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    for_children = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, children: str = "", **kwargs: Any) -> None:
        """`children`: the first names of those whose address may follow; the question is not asked without any."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = MISSING
        if children:
            self.fields["for_children"].label = f"La même adresse pour {children}"
        else:
            del self.fields["for_children"]

    def clean_phone(self) -> str:
        typed = re.sub(r"[\s.\-()/\u00a0\u202f]", "", self.cleaned_data["phone"])
        if not typed:
            return ""
        if NATIONAL_NUMBER.fullmatch(typed):
            return f"+33{typed[1:]}"
        typed = f"+{typed[2:]}" if typed.startswith("00") else typed
        if not INTERNATIONAL_NUMBER.fullmatch(typed):
            raise forms.ValidationError(
                "Ce numéro n’est pas complet\u00a0: dix chiffres en France, ou l’indicatif du pays avec +."
            )
        return typed

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("country") == FRANCE and {"postcode", "city"} <= answers.keys():
            self._check_commune(answers)
        return answers

    def _check_commune(self, answers: dict[str, Any]) -> None:
        postcode = answers["postcode"].replace(" ", "")
        if not FRENCH_POSTCODE.fullmatch(postcode):
            self.add_error("postcode", "Un code postal français a cinq chiffres.")
            return
        try:
            answers["city"] = check_commune(postcode, answers["city"], communes_of(postcode))
        except PostcodeRefused as refused:
            self.add_error(refused.field, str(refused))
        answers["postcode"] = postcode

    def contact(self) -> dict[str, str]:
        """The answers, as `actions.change_contact` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "for_children"}
