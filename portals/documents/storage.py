"""Where private files live: a folder outside the web root. Operators with many machines set an S3 storage instead."""

import os
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateFolder(FileSystemStorage):
    """Files readable by the application's user only, never served by address.

    A file is on the disk itself when `save` returns: the row that names it is committed after that, and must not
    outlive it in a power cut.
    """

    def __init__(self) -> None:
        super().__init__(
            location=settings.PRIVATE_MEDIA_ROOT,
            base_url=None,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def _save(self, name: str, content: "File[bytes]") -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # what Django documents for storages
        path = Path(self.path(saved))
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved

    def url(self, name: str | None) -> str:
        raise ValueError("This file is not accessible via a URL.")
