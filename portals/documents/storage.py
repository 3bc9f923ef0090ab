"""Where private files live: a folder outside the web root. Operators with many machines set an S3 storage instead."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateFolder(FileSystemStorage):
    """Files readable by the application's user only, never served by address."""

    def __init__(self) -> None:
        super().__init__(
            location=settings.PRIVATE_MEDIA_ROOT,
            base_url=None,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )
