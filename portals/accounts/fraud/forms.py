"""The forms of a fraud report."""

from django import forms

from portals.accounts import identifiers
from portals.accounts.fields import NumberAsTextField

DESCRIPTION_MAX = 2000


def _description_field() -> forms.CharField:
    return forms.CharField(
        label="Ce qui s’est passé",
        required=False,
        max_length=DESCRIPTION_MAX,
        help_text="En quelques mots. N’écrivez ni mot de passe, ni détail de santé.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OwnReportForm(forms.Form):
    """Signed in: the account is known, words are optional."""

    description = _description_field()


class ReportForm(forms.Form):
    """Signed out: which account, and something that its holder knows."""

    identifier = NumberAsTextField(
        label="Identifiant du compte",
        max_length=40,
        help_text="10 chiffres, reçus par e-mail à l’ouverture du compte.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Écrivez l’identifiant du compte à bloquer."},
    )
    proof = forms.CharField(
        label="Date de naissance, ou SIRET, ou n° de convention",
        max_length=40,
        help_text=(
            "Espace adhérent\u00a0: votre date de naissance, par exemple 07/03/1985. Espace employeur\u00a0: le SIRET. "
            "Espace professionnel de santé\u00a0: le numéro de votre convention."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Cette réponse manque."},
    )
    description = _description_field()

    def clean_identifier(self) -> str:
        """Any ten digits with their key: the form says whether it can be an identifier, never whether it is one."""
        identifier: str = identifiers.as_typed(self.cleaned_data["identifier"])
        if not identifiers.is_well_formed(identifier):
            raise forms.ValidationError("Un identifiant a 10 chiffres\u00a0: vérifiez ceux que vous avez écrits.")
        return identifier
