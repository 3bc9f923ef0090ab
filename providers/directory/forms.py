"""What one looks for. Sent by GET with a commune; by POST with a position, so that it stays out of every address."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from providers.directory.naming import folded
from providers.directory.nearest import Wish
from providers.directory.rules import LAST_PAGE, MOST_NORTHERN, RADII_KM, USUAL_RADIUS_KM, Point

EVERYBODY = "tous"
UNKNOWN_CHOICE = "Choisissez dans la liste."


class SearchForm(forms.Form):
    """`q` or a position, and whom to look for. `profession` may carry a specialty: `Médecin, Cardiologie`."""

    q = forms.CharField(
        label="Commune ou code postal", required=False, max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "communes"}),
        error_messages={"max_length": "Écrivez 80 caractères au plus."},
    )  # fmt: skip
    profession = forms.ChoiceField(
        label="Profession", required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE}
    )
    network = forms.ChoiceField(label="Réseau", required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE})
    radius = forms.TypedChoiceField(
        label="Distance", required=False, coerce=int, empty_value=None,
        choices=[(str(km), f"{km}\u00a0km") for km in RADII_KM], error_messages={"invalid_choice": UNKNOWN_CHOICE},
    )  # fmt: skip
    lat = forms.FloatField(required=False, min_value=-MOST_NORTHERN, max_value=MOST_NORTHERN)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, data: QueryDict, *, trades: list[tuple[str, str]]) -> None:
        asked = data.dict()
        super().__init__({**asked, "radius": asked.get("radius") or str(USUAL_RADIUS_KM)}, auto_id="search_%s")
        self.trades = _named(trades)
        names = sorted(self.trades, key=folded)
        self.fields["profession"].choices = [("", "Toutes"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        label = settings.ORGANISATION_FACTS.network_label
        self.fields["network"].choices = [("", f"Agréés {label}"), (EVERYBODY, "Tous")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None) or {"lat", "lon"} & set(self.errors):
            self.errors.pop("lat", None)
            self.errors.pop("lon", None)
            self.add_error(None, "Votre position n’a pas été comprise. Écrivez plutôt votre commune.")
        return cleaned

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked for. To be read once the form is valid."""
        return bool(self.cleaned_data["q"].strip()) or self.position is not None

    @property
    def position(self) -> Point | None:
        """Where one is, in degrees. To be read once the form is valid."""
        latitude, longitude = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        return None if latitude is None or longitude is None else (latitude, longitude)

    @property
    def page_number(self) -> int:
        return self.cleaned_data["page"] or 1

    @property
    def radius_km(self) -> int:
        """To be read once the form is valid."""
        return int(self.cleaned_data["radius"] or USUAL_RADIUS_KM)

    def wish(self, around: Point) -> Wish:
        """Whom one looks for around a point. To be read once the form is valid."""
        said = self.cleaned_data
        profession, specialty = self.trades.get(said["profession"], ("", ""))
        network = "" if said["network"] == EVERYBODY else settings.ORGANISATION_FACTS.network_label
        return Wish(around, self.radius_km, profession, specialty, network)


def _named(trades: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Each choice and what it stands for: the professions, then those that have specialties with each of them."""
    named = {profession: (profession, "") for profession, _ in trades}
    return named | {f"{one}, {specialty}": (one, specialty) for one, specialty in trades if specialty}
