"""Receiving files: what is longer than we take is cut while it arrives, so that no disk fills up."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from portals.documents.uploads import MAX_BYTES


class CutLongFiles(FileUploadHandler):
    """The first of `FILE_UPLOAD_HANDLERS`: passes on a little more than the limit, so that the form can say « 10 Mo »."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        if self.received > MAX_BYTES:
            return None
        self.received += len(raw_data)
        return raw_data

    def file_complete(self, _file_size: int) -> UploadedFile | None:
        return None  # the handlers that follow keep the file
