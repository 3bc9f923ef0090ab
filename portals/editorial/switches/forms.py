"""What staff answer to decide of a service."""

import datetime
from typing import Any

from django import forms

from portals.access.services import Position, services_of
from portals.editorial.information.typesetting import typeset
from portals.editorial.switches.queries import SPACES
from portals.gestion.forms import midnight
from portals.presentation.dates import TypedDateField


class SwitchForm(forms.Form):
    """A service of a space, what becomes of it, what people read, and the days on which it holds."""

    service = forms.ChoiceField(label="Service")
    position = forms.ChoiceField(label="Ce que vous décidez", choices=[("", "Choisissez"), *Position.choices])
    words = forms.CharField(
        label="Ce que liront les utilisateurs",
        required=False,
        max_length=500,
        help_text="La raison d’un arrêt, ou l’annonce d’une nouveauté. Rien pour un service pas encore ouvert.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    begins_on = TypedDateField(label="À partir du (à 0 h)", required=False, help_text="Vide\u00a0: tout de suite.")
    ends_on = TypedDateField(
        label="Jusqu’au (à 0 h)", required=False, help_text="Vide\u00a0: jusqu’à ce que vous l’annuliez."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what is above
        field.choices = [
            ("", "Choisissez"),
            *[(space.label, [(one.code, one.label) for one in services_of(space)]) for space in SPACES],
        ]

    def clean_words(self) -> str:
        return typeset(self.cleaned_data["words"])

    def clean_begins_on(self) -> datetime.datetime | None:
        return _instant(self.cleaned_data["begins_on"])

    def clean_ends_on(self) -> datetime.datetime | None:
        return _instant(self.cleaned_data["ends_on"])

    def space(self) -> str:
        """The space of the service that was chosen."""
        return next(space for space in SPACES for one in services_of(space) if one.code == self.cleaned_data["service"])


def _instant(day: datetime.date | None) -> datetime.datetime | None:
    return midnight(day) if day else None
