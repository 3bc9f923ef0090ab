"""The field by which staff publish a document. Its text is kept to the byte: what was decided is what people read."""

import io
from typing import Any

import pikepdf
from django import forms

from portals.documents.uploads import MAX_BYTES


class PublishedPdfField(forms.FileField):
    """Gives the bytes of a PDF that has pages, opens without a password, and does nothing by itself."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Document (PDF)")
        options.setdefault("help_text", "10 Mo au plus. La version précédente prend fin la veille.")
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file = super().clean(data, initial)
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError("Ce document pèse plus de 10 Mo.")
        content: bytes = file.read()
        try:
            with pikepdf.open(io.BytesIO(content)) as opened:
                pages, is_active = len(opened.pages), acts_by_itself(opened)
        except pikepdf.PdfError as error:
            raise forms.ValidationError("Ce fichier n’est pas un PDF lisible sans mot de passe.") from error
        if not pages:
            raise forms.ValidationError("Ce PDF n’a aucune page.")
        if is_active:
            raise forms.ValidationError("Ce PDF contient un programme ou un fichier joint\u00a0: publiez-en un sans.")
        return content


def acts_by_itself(document: pikepdf.Pdf) -> bool:
    """Whether the PDF carries a script, a file, or something that runs when it opens (a mere place to open at does not)."""
    root = document.Root
    names = root.get("/Names", pikepdf.Dictionary())
    opening = root.get("/OpenAction")
    runs = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != pikepdf.Name.GoTo
    return "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root or runs
