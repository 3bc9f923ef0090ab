"""The two ways to ask: a code, or the file itself."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portals.documents.uploads import MAX_BYTES

LONGEST = 4000
"""Signs of a pasted text: a signed card has fewer than 3 000."""


class CodeForm(forms.Form):
    """The code that is printed on the document, or the text of the card's QR code."""

    code = forms.CharField(
        label="Code de vérification",
        max_length=LONGEST,
        help_text=(
            "Douze lettres et chiffres, en trois groupes de quatre. Pour une carte de tiers payant, son numéro ou le texte "
            "lu dans son QR code."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Écrivez le code du document.", "max_length": "Ce texte est trop long."},
    )


class FileForm(forms.Form):
    """The document as it was received. It is compared and forgotten."""

    file = forms.FileField(
        label="Document PDF",
        help_text="10 Mo au plus. Le fichier est comparé puis oublié\u00a0: il n’est pas conservé.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": "Choisissez le document à vérifier.",
            "empty": "Ce fichier est vide.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError("Ce fichier pèse plus de 10 Mo\u00a0: nos documents sont bien plus légers.")
        return file
