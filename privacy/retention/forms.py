"""What the data protection officer asks and writes."""

from django import forms


class AskForm(forms.Form):
    """A run now, dry or real."""

    real = forms.BooleanField(
        label="Supprimer pour de bon. Sans cette case, le passage se fait à blanc\u00a0: rien ne change.", required=False,
    )  # fmt: skip


class StopForm(forms.Form):
    """Why a rule, or every one, is stopped."""

    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle figure au compte rendu. N’y nommez personne.",
        error_messages={"required": "Dites pourquoi la conservation s’arrête."},
    )  # fmt: skip
