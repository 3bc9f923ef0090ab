"""The forms of the second factor: a code from a named device, and a device's name."""

from typing import Any

from django import forms
from django_otp.models import Device

from portals.accounts.second_factor.rules import Kind

NAME_MAX = 40
CODE_MAX = 20


def _code_field(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Code",
        max_length=CODE_MAX,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "size": "16"}),
        error_messages={
            "required": "Écrivez le code que montre votre appareil.",
            "max_length": "Ce code est trop long\u00a0: 6 chiffres pour une application, 12 signes pour un secours.",
        },
    )


def _name_field() -> forms.CharField:
    return forms.CharField(
        label="Nom de cet appareil",
        max_length=NAME_MAX,
        help_text="Pour le reconnaître plus tard. Exemple\u00a0: Téléphone personnel.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez un nom à cet appareil."},
    )


class CodeForm(forms.Form):
    """The code of a sign-in. The device is named, so that a wrong code slows no other; the last used by default."""

    device = forms.ChoiceField(label="Avec quoi", widget=forms.RadioSelect)
    token = _code_field("Les espaces et les tirets ne comptent pas.")

    def __init__(self, data: Any = None, *, choices: list[tuple[Device, str]]) -> None:
        self.by_name = {device.persistent_id: device for device, _ in choices}
        default = next(iter(self.by_name), "")
        if data is not None and not data.get("device"):
            data = data.copy()
            data["device"] = default
        super().__init__(data)
        field = self.fields["device"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above; for the type checker
        field.choices = [(device.persistent_id, words) for device, words in choices]
        field.error_messages["invalid_choice"] = (
            "Cet appareil n’est plus sur votre compte\u00a0: choisissez-en un autre."
        )
        field.error_messages["required"] = "Ce compte n’a pas d’application de codes\u00a0: utilisez votre clé d’accès."
        field.initial = default
        if len(choices) == 1:
            field.widget = forms.HiddenInput()

    def clean_device(self) -> Device:
        return self.by_name[self.cleaned_data["device"]]


class NewTotpForm(forms.Form):
    """The first code of an application proves that it has the key."""

    name = _name_field()
    token = _code_field("Les 6 chiffres que l’application montre maintenant.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].widget.attrs["inputmode"] = "numeric"


class NewPasskeyForm(forms.Form):
    """The name of a passkey; the browser's answer comes beside it."""

    name = _name_field()
    credential = forms.CharField(widget=forms.HiddenInput(attrs={"data-passkey-answer": True}), required=False)


class RenameForm(forms.Form):
    name = _name_field()


class KindForm(forms.Form):
    """Which sort of device to add."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.name) for kind in (Kind.PASSKEY, Kind.APPLICATION)])
