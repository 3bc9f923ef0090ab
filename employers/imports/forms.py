"""Sending a file of employees."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from employers.imports.reading import MAX_BYTES
from portals.documents.uploads import sanitised
from portals.presentation.formats import NBSP

TOO_HEAVY = "pèse plus de 5\u00a0Mo. Gardez une seule feuille, sans image."


class FileForm(forms.Form):
    """The file. What it holds is judged by whoever reads it."""

    file = forms.FileField(
        label="Votre fichier",
        help_text="Excel (.xlsx) ou CSV, 5\u202f000\u00a0lignes et 5\u00a0Mo au plus.",
        allow_empty_file=True,
        error_messages={
            "required": "Choisissez un fichier.",
            "missing": "Choisissez un fichier.",
            "invalid": "Le fichier n’est pas arrivé\u00a0: choisissez-le à nouveau.",
        },
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(about(file.name or "", TOO_HEAVY))
        return file


def about(name: str, why: str) -> str:
    """« entrees.xlsx » contient des macros…: why a file is refused, after its name."""
    extension = (
        name[name.rfind(".") :].lower() if name.lower().endswith((".xlsx", ".xls", ".xlsm", ".csv", ".ods")) else ""
    )
    return f"«{NBSP}{sanitised(name, extension)}{NBSP}» {why}"
