"""Which row's past is looked for, and why a value is put back."""

from django import forms

from privacy.changes.scope import followed


class RowForm(forms.Form):
    """A model and the number of a row, as the journal names them."""

    modele = forms.ChoiceField(label="Sorte de ligne")
    numero = forms.CharField(
        label="Numéro de ligne", max_length=40, help_text="Celui que le journal des opérations donne à l’objet."
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        named = sorted((str(one.model._meta.verbose_name).capitalize(), one.label) for one in followed())
        self.fields["modele"] = forms.ChoiceField(
            label="Sorte de ligne",
            choices=[("", "Choisissez"), *((label, f"{name} ({label})") for name, label in named)],
        )

    def clean_numero(self) -> str:
        return str(self.cleaned_data["numero"]).strip()


class ReasonForm(forms.Form):
    """Kept beside the restored value."""

    reason = forms.CharField(
        label="Raison",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle reste dans l’historique. N’y écrivez ni soin ni coordonnées.",
    )
