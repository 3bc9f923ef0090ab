"""What a reviewer says of a role."""

from django import forms

CONFIRM, WITHDRAW = "confirm", "withdraw"


class DecisionForm(forms.Form):
    """Confirm or withdraw, with the reason that the report keeps."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[(CONFIRM, "Confirmer ce rôle"), (WITHDRAW, "Retirer ce rôle, dès maintenant")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Raison", max_length=300, help_text="Elle figure au procès-verbal, sans détail sur la personne."
    )


class CloseForm(forms.Form):
    """Closing a review cannot be undone."""

    sure = forms.BooleanField(label="Chaque décision est prise\u00a0: le procès-verbal peut être signé.")
