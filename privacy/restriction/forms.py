"""What the data protection officer writes when uses are frozen, and when they are again."""

from django import forms

from privacy.restriction.models import Ground


class FreezeForm(forms.Form):
    ground = forms.ChoiceField(
        label="Fondement", choices=Ground.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le fondement."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne et nos équipes la lisent. Sans donnée de santé.",
        error_messages={"required": "Dites pourquoi."},
    )  # fmt: skip


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Raison de la levée", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne la lit\u00a0: la loi veut qu’elle soit prévenue (RGPD, article 18.3).",
        error_messages={"required": "Dites pourquoi l’usage reprend."},
    )  # fmt: skip
