"""Documents that people send: how many, how big, made harmless in a process of their own, sealed, then quarantined.

    files = admit(request.FILES.getlist("proofs"))   # raises UploadRefused, with words for the person
    uploads = receive(files, by=account)             # in the caller's transaction

What the browser says of a file (its type, its extension) is never believed. docs/decisions/representation.md
"""

import secrets
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse

from portals import secrets as personal
from portals.accounts.limits import Limit, count
from portals.accounts.models import Account
from portals.documents import cleaning
from portals.documents.actions import as_attachment, store
from portals.documents.cleaning import Outcome
from portals.documents.models import Upload, UploadState, private_storage
from portals.jobs import Priority, enqueue
from portals.signals import announce

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
MAX_NAME = 80
PATIENCE = 30
"""Seconds for one file; the process has 20 of processor time."""
PLACE = "portals_upload.content"
SCAN = "upload.scan"
UPLOADS_BY_ACCOUNT = Limit("uploads account", 40, 3600)
UPLOADS_A_DAY = Limit("uploads account day", 100, 86_400)

TYPES = {
    Outcome.PDF: ("application/pdf", ".pdf"),
    Outcome.JPEG: ("image/jpeg", ".jpg"),
    Outcome.PNG: ("image/png", ".png"),
}
REASONS = {
    Outcome.UNKNOWN_KIND: "n’est ni un PDF, ni une image JPEG ou PNG. Enregistrez-le dans l’un de ces formats.",
    Outcome.HEIC: (
        "est une photo HEIC, que nous ne lisons pas. Sur iPhone\u00a0: Réglages, Appareil photo, Formats, «\u00a0Le plus "
        "compatible\u00a0», puis reprenez la photo\u202f; ou envoyez-en une capture d’écran."
    ),
    Outcome.UNREADABLE: "est abîmé ou incomplet\u00a0: nous ne pouvons pas le lire. Enregistrez-le à nouveau.",
    Outcome.ENCRYPTED: "est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe.",
    Outcome.TOO_MANY_PIXELS: "est une image trop grande (40 millions de points au plus). Réduisez-la.",
    Outcome.TOO_MANY_PAGES: "compte plus de 100 pages. Envoyez seulement celles qui servent de justificatif.",
}


class UploadRefused(ValueError):
    """A file is not taken. The message is for the person who sent it: it names their file, so it never goes to a log."""


class InQuarantine(Exception):
    """Nobody opens a document before it is released."""


@dataclass(frozen=True)
class CleanFile:
    """A file made harmless, not stored yet."""

    name: str
    content_type: str
    content: bytes


def admit(files: Sequence[UploadedFile], *, already: int = 0) -> list[CleanFile]:
    """Every file, made harmless; nothing is stored. Raises UploadRefused for the first one that cannot be taken.

    `already`: how many documents the request holds, when they come in several times.
    """
    if len(files) + already > MAX_FILES:
        raise UploadRefused(
            "Cinq documents au plus par demande\u00a0: réunissez les pages d’un même document en un seul PDF."
        )
    return [_admit(file) for file in files]


def _admit(file: UploadedFile) -> CleanFile:
    shown = sanitised(file.name or "", "")
    if not file.size:
        raise UploadRefused(f"«\u00a0{shown}\u00a0» est vide.")
    if file.size > MAX_BYTES:
        raise UploadRefused(f"«\u00a0{shown}\u00a0» pèse plus de 10 Mo. Réduisez-le, ou photographiez le document.")
    outcome, content = _cleaned(file.read())
    if outcome not in TYPES:
        raise UploadRefused(f"«\u00a0{shown}\u00a0» {REASONS.get(outcome, REASONS[Outcome.UNREADABLE])}")
    if len(content) > 2 * MAX_BYTES:  # an image drawn again as PNG may grow, within reason
        raise UploadRefused(f"«\u00a0{shown}\u00a0» {REASONS[Outcome.TOO_MANY_PIXELS]}")
    content_type, extension = TYPES[outcome]
    return CleanFile(sanitised(file.name or "", extension), content_type, content)


def _cleaned(content: bytes) -> tuple[Outcome, bytes]:
    """Cleaning, in a process with little memory and time. One that dies or lingers says that the file is unreadable."""
    try:
        kind = cleaning.kind_of(content)
    except cleaning.Refused as refused:
        return refused.outcome, b""
    command = [sys.executable, "-I", str(Path(cleaning.__file__))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False, env={})
    except subprocess.TimeoutExpired:
        return Outcome.UNREADABLE, b""
    if done.returncode == kind and done.stdout:
        return kind, done.stdout
    return (Outcome(done.returncode) if done.returncode in set(Outcome) - set(TYPES) else Outcome.UNREADABLE), b""


def sanitised(name: str, extension: str) -> str:
    """A name to show and to give back: no folder, no control, no direction mark, one extension, which is ours."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    plain = "".join(
        letter if letter.isalnum() or letter in " -_’'()" else " "
        for letter in stem
        if unicodedata.category(letter)[0] != "C"
    )
    return (" ".join(plain.split())[:MAX_NAME].strip() or "document") + extension


def count_attempt(account: Account) -> None:
    """Count one post of documents. Raises LimitReached, also when Valkey does not answer."""
    count(UPLOADS_BY_ACCOUNT, str(account.pk))
    count(UPLOADS_A_DAY, str(account.pk))


def receive(files: Sequence[CleanFile], *, by: Account | None) -> list[Upload]:
    """Seal and store the files, in quarantine. All of them or none: should one fail, no file of theirs remains.

    `by` None: somebody without an account, who held a link.
    """
    written: list[str] = []
    try:
        with transaction.atomic():
            return [_receive(file, by, written) for file in files]
    except Exception:
        for name in written:
            private_storage().delete(name)
        raise


def _receive(file: CleanFile, by: Account | None, written: list[str]) -> Upload:
    reference = secrets.token_hex(16)
    sealed = personal.seal_bytes(subject_of(reference), PLACE, file.content)
    stored = store(content=sealed, content_type="application/octet-stream", by=by)
    written.append(str(stored.file.name))
    upload = Upload.objects.create(
        reference=reference,
        stored=stored,
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        sent_by=by,
    )
    announce("upload.received", by=by, object_kind="upload", object_id=upload.pk, details={"size": upload.size})
    if settings.CLAMD_SOCKET:
        enqueue(SCAN, key=reference, subject_id=upload.pk, priority=Priority.ORDINARY)
    return upload


def content_of(upload: Upload) -> bytes:
    """The clean file, unsealed. Raises `portals.secrets.errors.SecretUnreadable` when it was changed on the disk."""
    if upload.stored is None:
        raise InQuarantine
    with upload.stored.file.open("rb") as file:
        return personal.unseal_bytes(subject_of(upload.reference), PLACE, file.read())


def serve(upload: Upload, *, by: Account) -> HttpResponse:
    """The document as an attachment, never shown in our pages. Raises InQuarantine before it is released.

    The caller has checked that `by` may read it.
    """
    if upload.state != UploadState.RELEASED:
        raise InQuarantine
    announce("upload.downloaded", by=by, object_kind="upload", object_id=upload.pk)
    response = HttpResponse(content_of(upload), content_type=upload.content_type)
    return as_attachment(response, upload.name)


def subject_of(reference: str) -> str:
    """Each document has a data key of its own: without it, its copies in backups are unreadable."""
    return f"upload:{reference}"
