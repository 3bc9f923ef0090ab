"""The confirmation of a deletion."""

from django import forms


class DeletionForm(forms.Form):
    """One box to tick: what goes and what stays has been read."""

    understood = forms.BooleanField(
        label="J’ai lu ce qui disparaît et ce qui reste, et je demande la suppression de mon compte.",
        error_messages={"required": "Cochez cette case pour confirmer votre demande."},
    )
