"""The field by which documents are sent: several files, or a photograph taken on the spot."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from portals.documents.uploads import CleanFile, UploadRefused, admit

HELP = "PDF, JPEG ou PNG\u202f; 10 Mo par document, cinq documents au plus."
PHOTOGRAPH = "_photo"
"""What the name of the second input ends with: on a telephone, it opens the camera."""


class ProofWidget(forms.FileInput):
    """Two inputs, one for files and one for the camera; devices without a camera are shown the first only."""

    allow_multiple_selected = True
    template_name = "components/proof.html"

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": "application/pdf,image/jpeg,image/png"})

    def value_from_datadict(
        self, _data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile], name: str
    ) -> list[UploadedFile]:
        return [*files.getlist(name), *files.getlist(f"{name}{PHOTOGRAPH}")]

    def value_omitted_from_data(self, _data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return name not in files and f"{name}{PHOTOGRAPH}" not in files


class ProofField(forms.Field):
    """Gives clean files, not stored yet (`portals.documents.uploads.receive` stores them).

    `already`: how many documents the request holds; set it on the form's field.
    """

    widget = ProofWidget

    def __init__(self, *, already: int = 0, **options: Any) -> None:
        options.setdefault("help_text", HELP)
        super().__init__(**options)
        self.already = already
        self.error_messages["required"] = "Ajoutez au moins un document."

    def clean(self, value: Any) -> list[CleanFile]:
        files: list[UploadedFile] = list(value or [])
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        try:
            return admit(files, already=self.already)
        except UploadRefused as refused:
            raise forms.ValidationError(str(refused), code="refused") from refused
