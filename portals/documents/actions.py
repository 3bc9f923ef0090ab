"""Private files: written before their row, served as attachments, swept when no row ever came."""

import datetime
import hashlib
import io
import unicodedata
import uuid
from typing import BinaryIO
from urllib.parse import quote

from django.core.files.base import File
from django.db import transaction
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents.models import StoredFile, private_storage
from portals.signals import announce

EXTENSIONS = {"application/pdf": ".pdf", "text/csv": ".csv", "application/zip": ".zip"}

BLOCK = 1024 * 1024
"""Bytes read at a time."""

ORPHAN_DAYS = range(2, 16)
"""How many days ago the folders were opened in which orphans are looked for; younger ones may still get their row."""


def store(*, content: bytes, content_type: str, by: Account | None) -> StoredFile:
    """Write a file under a random name in the folder of the day (UTC), then its row, in the caller's transaction.

    Should the transaction fail, a file without a row remains; `sweep_orphans` removes it.
    """
    return store_stream(stream=io.BytesIO(content), content_type=content_type, by=by)


def store_stream(*, stream: BinaryIO, content_type: str, by: Account | None) -> StoredFile:
    """The same from an open file that can be read twice: memory does not grow with its size."""
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while block := stream.read(BLOCK):
        digest.update(block)
        size += len(block)
    stream.seek(0)
    name = f"{timezone.now():%Y/%m/%d}/{uuid.uuid4().hex}{EXTENSIONS.get(content_type, '')}"
    saved = private_storage().save(name, File(stream))
    stored = StoredFile.objects.create(file=saved, sha256=digest.hexdigest(), size=size, content_type=content_type)
    announce("document.stored", by=by, object_kind="stored_file", object_id=stored.pk, details={"size": stored.size})
    return stored


def remove(stored: StoredFile, *, by: Account | None) -> None:
    """Remove a file for good: its row now, what is on the disk once the transaction is there."""
    name, number = str(stored.file.name), stored.pk
    stored.delete()
    transaction.on_commit(lambda: private_storage().delete(name), robust=True)
    announce("document.removed", by=by, object_kind="stored_file", object_id=number)


def download(stored: StoredFile, filename: str) -> FileResponse:
    """The file as an attachment named `filename`: never opened by the browser in our origin, never cached."""
    response = FileResponse(stored.file.open("rb"), content_type=stored.content_type)
    response["Content-Length"] = str(stored.size)
    return as_attachment(response, filename)


def as_attachment[R: HttpResponseBase](response: R, filename: str) -> R:
    """The same response, to be kept as a file of this name: never opened in our origin, never cached."""
    response["Content-Disposition"] = disposition(filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def disposition(filename: str) -> str:
    """RFC 6266: the name in plain letters for every browser, and as it is written for those that read RFC 8187."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = "".join(letter for letter in plain if letter.isprintable() and letter not in '"\\')
    if plain == filename:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def sweep_orphans(*, today: datetime.date) -> int:
    """Remove files that no row names, in the folders opened between two and fifteen days ago; returns how many."""
    storage = private_storage()
    removed = 0
    for days in ORPHAN_DAYS:
        folder = f"{today - datetime.timedelta(days=days):%Y/%m/%d}"
        if not storage.exists(folder):
            continue
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        kept = set(StoredFile.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        for name in names - kept:
            storage.delete(name)
        removed += len(names - kept)
    return removed
