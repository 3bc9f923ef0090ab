"""The forms of « Utilisateurs »: invite, mandate, change a role, accept."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from employers.permissions import MANDATABLE
from employers.users.rules import LONGEST_MANDATE_YEARS, latest_end
from portals.access.models import CompanyRole
from portals.accounts.fields import HandwrittenDateField

NAME_MAX = 120
ROLES = {
    CompanyRole.ADMINISTRATOR: "Administrateur\u00a0: tout faire, y compris gérer les utilisateurs",
    CompanyRole.HR_MANAGER: "Gestionnaire RH\u00a0: salariés, affiliations et dispenses",
    CompanyRole.ACCOUNTANT: "Comptable\u00a0: bordereaux de cotisations et comptes techniques",
    CompanyRole.READER: "Lecteur\u00a0: tout consulter, sans rien modifier",
}
"""What each role is for, in the words of the people who choose it."""


def _email_field(help_text: str) -> forms.EmailField:
    return forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse de la personne.",
            "invalid": "Cette adresse n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.",
        },
    )


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Rôle",
        choices=list(ROLES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que cette personne pourra faire."},
    )


class InvitationForm(forms.Form):
    """Whom to invite, and for what."""

    email = _email_field("Une adresse personnelle au travail\u00a0: l’identifiant et le mot de passe y sont envoyés.")
    role = _role_field()


class RoleForm(forms.Form):
    """Another role for somebody who is there."""

    role = _role_field()


class LastDayForm(forms.Form):
    """When a mandate ends; `starts_on` is its first day."""

    ends_on = HandwrittenDateField(
        label="Dernier jour du mandat", help_text=f"Jour compris, {LONGEST_MANDATE_YEARS} ans au plus."
    )

    def __init__(self, *args: Any, starts_on: datetime.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_day = starts_on
        for field in self.fields.values():
            if isinstance(field, HandwrittenDateField):
                field.error_messages["required"] = "Écrivez ce jour\u00a0: un mandat a un début et une fin."

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        first = answers.get("starts_on") or self.first_day or today
        last = answers.get("ends_on")
        if last is None:
            return answers
        if last < max(first, today):
            self.add_error("ends_on", "Ce jour est passé, ou précède le premier jour du mandat.")
        elif last > latest_end(max(first, today)):
            self.add_error(
                "ends_on", f"Un mandat dure {LONGEST_MANDATE_YEARS} ans au plus\u00a0: il se redonne ensuite."
            )
        return answers


class MandateForm(LastDayForm):
    """A mandate for a filing agent: whom, for which services, from when to when."""

    email = _email_field("Celle de la personne qui déclare pour vous, dans son cabinet.")
    services = forms.MultipleChoiceField(
        label="Ce que vous lui confiez",
        choices=[(code.value, label) for code, label in MANDATABLE.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un service."},
    )
    may_change = forms.ChoiceField(
        label="Ce que le tiers déclarant peut y faire",
        choices=[("yes", "Consulter et déclarer à votre place"), ("no", "Consulter seulement")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qu’il peut faire."},
    )
    starts_on = HandwrittenDateField(label="Premier jour du mandat", help_text="Jour, mois, année\u00a0: 01/01/2027.")

    field_order = ["email", "services", "may_change", "starts_on", "ends_on"]


class NewcomerForm(forms.Form):
    """What an invited person without an account says of themselves."""

    name = forms.CharField(
        label="Vos prénom et nom",
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez vos prénom et nom."},
    )
    organisation = forms.CharField(
        label="Votre cabinet ou organisme",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de l’organisme pour lequel vous travaillez."},
    )

    def __init__(self, *args: Any, is_mandate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_mandate:
            del self.fields["organisation"]
