"""What the data protection officer asks and writes."""

from django import forms


class AskForm(forms.Form):
    """A run now, dry or real."""

    way = forms.ChoiceField(
        label="Comment",
        choices=[("dry", "À blanc\u00a0: rien ne change"), ("real", "Pour de bon\u00a0: ce qui est échu disparaît")],
        widget=forms.RadioSelect, initial="dry", error_messages={"required": "Choisissez comment le passage se fait."},
    )  # fmt: skip


class StopForm(forms.Form):
    """Why a rule, or every one, is stopped."""

    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Elle figure au compte rendu. N’y nommez personne.",
        error_messages={"required": "Dites pourquoi la conservation s’arrête."},
    )  # fmt: skip
