"""Forms of the staff's pages. What is said to the person is typed; why staff acted is chosen, for the journal."""

import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from portals.access.models import Motive
from portals.access.services import services_of
from portals.accounts.models import Account, Space
from portals.accounts.second_factor.rules import LossReason
from portals.gestion.roles import Role

DAY_HINT = "JJ/MM/AAAA"
DAY_FORMATS = ["%d/%m/%Y"]


class SwitchMotive(models.TextChoices):
    """Why rights are switched on; said when one wishes to."""

    REQUEST = "request", "Répondre à une personne"
    CHECK = "check", "Contrôler"
    INCIDENT = "incident", "Traiter un incident"
    OTHER = "other", "Autre"


class ActMotive(models.TextChoices):
    """On whose word an account is acted upon."""

    CALL = "call", "Demande par téléphone, identité vérifiée"
    LETTER = "letter", "Demande écrite, identité vérifiée"
    INCIDENT = "incident", "Incident de sécurité"
    MISTAKE = "mistake", "Correction d’une erreur"


class SwitchForm(forms.Form):
    """Turning mode gestion on."""

    motive = forms.ChoiceField(
        label="Pourquoi", required=False, choices=[("", "Sans précision"), *SwitchMotive.choices]
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class MotiveForm(forms.Form):
    """An act whose reason is one of a few; it is journalled."""

    motive = forms.ChoiceField(label="Motif", choices=[("", "Choisissez"), *ActMotive.choices])


class LossForm(forms.Form):
    """Why every second factor is removed; it is journalled."""

    reason = forms.ChoiceField(
        label="Ce qui est arrivé",
        choices=[
            ("", "Choisissez"),
            (LossReason.LOST, "Appareil perdu"),
            (LossReason.STOLEN, "Appareil volé"),
            (LossReason.REPLACED, "Appareil remplacé"),
            (LossReason.OTHER, "Autre"),
        ],
    )


class UnlockForm(forms.Form):
    """Why an account locked after a fraud report is given back; kept with the report."""

    reason = forms.CharField(
        label="Comment l’identité a été vérifiée", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosureForm(forms.Form):
    """Closing an account: the motive of the terms, and what the person reads (CGU-7.1)."""

    motive = forms.ChoiceField(label="Motif (CGU, article 7.1)", choices=[("", "Choisissez"), *Motive.choices])
    reason = forms.CharField(
        label="Raison donnée à la personne",
        help_text="Elle la lira mot pour mot dans son espace. N’y mettez ni soin, ni montant, ni autre personne.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SuspensionForm(ClosureForm):
    """Suspending an account: wholly, or for some services of its space, until a day or until lifted (CGU-7.2)."""

    services = forms.MultipleChoiceField(
        label="Services suspendus",
        required=False,
        help_text="Sans choix, tous le sont.",
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label="Jusqu’au (à 0 h)", required=False, input_formats=DAY_FORMATS, help_text=f"{DAY_HINT}. Vide : sans terme."
    )
    field_order = ["motive", "reason", "services", "until"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = self.fields["services"]
        assert isinstance(services, forms.MultipleChoiceField)  # noqa: S101  tells the type checker what is above
        services.choices = [
            (service.code, service.label) for service in services_of(account.space) if not service.open_when_restricted
        ]
        if not services.choices:
            del self.fields["services"]

    def clean_until(self) -> datetime.datetime | None:
        day: datetime.date | None = self.cleaned_data["until"]
        return midnight(day) if day else None


class RolesField(forms.MultipleChoiceField):
    """Roles to tick; none is an answer too."""

    def __init__(self) -> None:
        super().__init__(
            label="Rôles",
            required=False,
            choices=[(role.value, role.value) for role in Role],
            widget=forms.CheckboxSelectMultiple,
            help_text="La page « Rôles » dit ce que chacun ouvre.",
        )


class RolesForm(forms.Form):
    """The roles of a member of staff, as they will be."""

    roles = RolesField()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].initial = list(account.groups.values_list("name", flat=True))


class HireForm(forms.Form):
    """A new member of staff: how they are called, where to write to them, what they may do."""

    display_name = forms.CharField(label="Prénom et nom", max_length=120)
    email = forms.EmailField(label="Adresse e-mail professionnelle")
    roles = RolesField()


class LiftForm(forms.Form):
    """Lifting a measure: why, kept beside it."""

    reason = forms.CharField(label="Raison de la levée", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawalForm(forms.Form):
    """Announcing that the services of a space end (CGU-7.5)."""

    space = forms.ChoiceField(
        label="Espace", choices=[("", "Choisissez"), *[choice for choice in Space.choices if choice[0] != Space.STAFF]]
    )
    message = forms.CharField(
        label="Annonce aux utilisateurs",
        help_text="Affichée sur chaque page de l’espace dès maintenant.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    closes_on = forms.DateField(label="Fin des services (à 0 h)", input_formats=DAY_FORMATS, help_text=DAY_HINT)
    export_until = forms.DateField(
        label="Export possible jusqu’au (à 0 h)", input_formats=DAY_FORMATS, help_text=DAY_HINT
    )


def midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of a day of Europe/Paris."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
