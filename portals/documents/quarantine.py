"""The end of a quarantine: the antivirus or a member of staff lets a document out, or takes it away for good."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents.actions import remove
from portals.documents.models import Upload, UploadState
from portals.documents.scanning import infected
from portals.documents.uploads import SCAN, content_of, subject_of
from portals.jobs import Job, handler
from portals.secrets.models import SubjectKey
from portals.signals import announce

INFECTED = "L’antivirus l’a refusé."


class AlreadyDecided(Exception):
    """The document has left quarantine already."""


@handler(SCAN)
def scan(job: Job) -> None:
    """Have the antivirus look at a document. When it does not answer, the job is tried again and the document waits."""
    upload = _quarantined(job.subject_id)
    if upload is None or not settings.CLAMD_SOCKET:
        return
    if infected(content_of(upload), settings.CLAMD_SOCKET):
        discard(by=None, upload=upload, reason=INFECTED)
    else:
        release(by=None, upload=upload)


@transaction.atomic
def release(*, by: Account | None, upload: Upload) -> None:
    """Let it out. Raises AlreadyDecided."""
    _decide(upload, UploadState.RELEASED, by)
    upload.save(update_fields=["state", "decided_at", "decided_by"])
    announce("upload.released", by=by, object_kind="upload", object_id=upload.pk)


@transaction.atomic
def discard(*, by: Account | None, upload: Upload, reason: str) -> None:
    """Take it away for good, its key with it; the row and the reason stay. Raises AlreadyDecided."""
    _decide(upload, UploadState.DISCARDED, by)
    stored = upload.stored
    upload.stored, upload.discard_reason = None, reason
    upload.save(update_fields=["state", "decided_at", "decided_by", "stored", "discard_reason"])
    if stored is not None:
        remove(stored, by=by)
    SubjectKey.objects.filter(subject=subject_of(upload.reference)).delete()
    announce("upload.discarded", by=by, object_kind="upload", object_id=upload.pk)


@transaction.atomic
def forget(uploads: Iterable[Upload]) -> None:
    """Delete documents that no request holds any more, rows included, with their keys: nothing was ever decided on them."""
    for upload in uploads:
        stored = upload.stored
        upload.delete()
        if stored is not None:
            remove(stored, by=None)
        SubjectKey.objects.filter(subject=subject_of(upload.reference)).delete()


def _decide(upload: Upload, state: UploadState, by: Account | None) -> None:
    if _quarantined(upload.pk) is None:
        raise AlreadyDecided
    upload.state, upload.decided_at, upload.decided_by = state, timezone.now(), by


def _quarantined(upload_id: int) -> Upload | None:
    uploads = Upload.objects.select_for_update(of=("self",)).select_related("stored")
    return uploads.filter(pk=upload_id, state=UploadState.QUARANTINED).first()
