"""The forms of « Accès du cabinet »: invite, change a role, accept."""

from django import forms

from portals.access.models import DelegateRole

NAME_MAX = 120
ROLES = {
    DelegateRole.SECRETARIAT: "Secrétariat complet\u00a0: droits, factures, versements, convention",
    DelegateRole.INVOICES: "Facturation\u00a0: factures et versements seulement",
    DelegateRole.RIGHTS: "Accueil des patients\u00a0: vérification des droits seulement",
}
"""What each role is for, in the words of the professional who chooses it."""


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Rôle",
        choices=list(ROLES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que cette personne pourra faire."},
    )


class InvitationForm(forms.Form):
    """Whom to invite, and for what."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text="Une adresse que cette personne est seule à lire\u00a0: son identifiant et son mot de passe y partent.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse de la personne.",
            "invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.",
        },
    )
    role = _role_field()


class RoleForm(forms.Form):
    """Another role for somebody who is there."""

    role = _role_field()


class NewcomerForm(forms.Form):
    """What an invited person without an account says of themselves."""

    name = forms.CharField(
        label="Vos prénom et nom",
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez vos prénom et nom."},
    )
