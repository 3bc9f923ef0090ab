"""Pieces of evidence: received with the fingerprint of their bytes, kept as they came, read as a harmless copy.

The fingerprint is in the journal from the first minute, so the journal's seal proves that the piece has not changed since
(PDP-3.8). Who read it, let it out or took the copy away is in the timeline: the chain of custody.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse

from portals.accounts.models import Account
from portals.documents import quarantine
from portals.documents.actions import as_attachment, remove, store
from portals.documents.models import Upload, UploadState
from portals.documents.uploads import CleanFile, InQuarantine, content_of, receive
from privacy.audit import record
from privacy.investigations.actions import opened
from privacy.investigations.models import Exhibit, Investigation, StepKind
from privacy.investigations.sealing import LABEL, seal_original, seal_words
from privacy.investigations.timeline import note

EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
DISCARDED = "Écarté par l’enquêteur."


@dataclass(frozen=True)
class Piece:
    """A file as it came, and its harmless copy."""

    original: bytes
    clean: CleanFile


@transaction.atomic
def receive_piece(*, by: Account, case: Investigation, label: str, piece: Piece) -> Exhibit:
    """Keep a piece. Raises Closed. Nobody is the sender of the copy: it is in no package of the investigator's."""
    held = opened(case)
    number = (held.exhibits.aggregate(last=Max("number"))["last"] or 0) + 1
    digest = hashlib.sha256(piece.original).hexdigest()
    original = store(content=seal_original(held, piece.original), content_type="application/octet-stream", by=by)
    [upload] = receive([piece.clean], by=None)
    exhibit = Exhibit.objects.create(
        case=held, number=number, label_sealed=seal_words(held, LABEL, label.strip()), original=original, upload=upload,
        extension=EXTENSIONS[piece.clean.content_type], sha256=digest, size=len(piece.original), received_by=by,
    )  # fmt: skip
    record(
        "investigation.piece_received", by=by, object_kind="exhibit", object_id=exhibit.pk, details={"sha256": digest}
    )  # fmt: skip
    note(held, StepKind.RECEIVED, by=by, words=f"{label}. Empreinte SHA-256\u00a0: {digest}", exhibit=number)
    return exhibit


@transaction.atomic
def read(*, by: Account, exhibit: Exhibit) -> HttpResponse:
    """The harmless copy, as an attachment. Raises InQuarantine."""
    upload = exhibit.upload
    if upload is None or upload.state != UploadState.RELEASED:
        raise InQuarantine
    note(exhibit.case, StepKind.READ, by=by, exhibit=exhibit.number)
    response = HttpResponse(content_of(upload), content_type=upload.content_type)
    return as_attachment(response, upload.name)


@transaction.atomic
def release(*, by: Account, exhibit: Exhibit) -> None:
    """Let the copy out of quarantine. Raises AlreadyDecided."""
    quarantine.release(by=by, upload=_copy_of(exhibit))
    note(exhibit.case, StepKind.RELEASED, by=by, exhibit=exhibit.number)


@transaction.atomic
def discard(*, by: Account, exhibit: Exhibit) -> None:
    """Take the copy away; the original stays as evidence. Raises AlreadyDecided."""
    quarantine.discard(by=by, upload=_copy_of(exhibit), reason=DISCARDED)
    note(exhibit.case, StepKind.DISCARDED, by=by, exhibit=exhibit.number)


def destroy(exhibit: Exhibit) -> None:
    """Remove both files and the row, when the file is purged."""
    original, upload = exhibit.original, exhibit.upload
    exhibit.delete()
    remove(original, by=None)
    if upload is not None:
        quarantine.forget([upload])


def _copy_of(exhibit: Exhibit) -> Upload:
    if exhibit.upload is None:
        raise quarantine.AlreadyDecided
    return exhibit.upload
