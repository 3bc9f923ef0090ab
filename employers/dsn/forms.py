"""Sending a DSN file, and what is answered to its proposals."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from employers.terminations.words import Reason
from portals.documents.uploads import MAX_BYTES, sanitised

TOO_BIG = "Ce fichier pèse plus de 10\u00a0Mo\u00a0: envoyez une DSN par établissement."
REASON_FIELD = "reason-"


class DsnForm(forms.Form):
    """One file, read at once: it is text, nothing of it is kept but what it says."""

    file = forms.FileField(
        label="Fichier DSN",
        help_text="Le fichier que votre logiciel de paie dépose sur net-entreprises, en texte\u202f; 10\u00a0Mo au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".dsn,.txt,.edi,text/plain"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG, code="too_big")
        return file

    def content(self) -> tuple[bytes, str]:
        """The bytes, and the name as it may be shown."""
        file: UploadedFile = self.cleaned_data["file"]
        name = file.name or ""
        extension = name.rpartition(".")[2].lower()
        ending = f".{extension}" if "." in name and extension.isalnum() and len(extension) <= 4 else ""
        return file.read(), sanitised(name, ending)


class Choices:
    """What a posted page of proposals says: what was shown, what was ticked, the reasons of ends."""

    def __init__(self, posted: QueryDict) -> None:
        self.shown = set(posted.getlist("shown"))
        self.chosen = set(posted.getlist("chosen")) & self.shown
        told: dict[str, Any] = {key: posted.get(f"{REASON_FIELD}{key}", "") for key in self.shown}
        self.reasons = {key: reason for key, reason in told.items() if reason in Reason.values}
