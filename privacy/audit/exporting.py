"""Checkpoints that leave the database: what its owner cannot reach is what proves the journal.

Each one is a file of the storage `checkpoints` (a folder, or S3 with write-once objects), named
`<entries, 12 digits>-<beginning of the root, hex>.txt`; each morning the last one goes to the DPO by e-mail.
"""

import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import EmailMessage

from portals.accounts.models import Space
from portals.jobs import Job, enqueue, mail_handler
from portals.jobs.schedules import daily
from portals.presentation.mail import compose
from privacy.audit.keys import known_keys
from privacy.audit.models import Seal
from privacy.transparency.checkpoints import Checkpoint, NotACheckpoint, read

STORAGE = "checkpoints"
MAIL = "journal.checkpoint"


def file_name(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.size:012d}-{checkpoint.root.hex()[:16]}.txt"


def export_due(*, using: str = "default") -> int:
    """Write the checkpoints that the storage lacks, back from the newest to one that it has; returns how many.

    A seal whose checkpoint none of our keys signed is not exported: `verify_journal` says why.
    """
    keys, storage, written = known_keys(), storages[STORAGE], 0
    for note in Seal.objects.using(using).order_by("-number").values_list("checkpoint", flat=True).iterator():
        try:
            name = file_name(read(note, keys))
        except NotACheckpoint:
            break
        if storage.exists(name):
            break
        storage.save(name, ContentFile(note.encode()))
        written += 1
    return written


def exported_checkpoints() -> list[Checkpoint]:
    """Those of the storage that one of our keys signed, the smallest first."""
    keys, storage, found = known_keys(), storages[STORAGE], []
    try:
        names = storage.listdir("")[1]
    except FileNotFoundError:  # a folder to which nothing was exported yet
        return []
    for name in names:
        with storage.open(name) as file:
            try:
                found.append(read(file.read().decode("utf-8", "replace"), keys))
            except NotACheckpoint:
                continue
    return sorted(found, key=lambda checkpoint: checkpoint.size)


def promise_mail(planned_for: datetime.datetime) -> None:
    """The DPO's copy of the day, when something was sealed since the last one."""
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    if last is not None:
        enqueue(MAIL, key=str(last), subject_id=last)


daily("journal.checkpoint", at=datetime.time(6, 30), run=promise_mail)


@mail_handler(MAIL)
def write_mail(job: Job) -> EmailMessage | None:
    """The checkpoint in clear: it holds a number of entries and a hash, and nothing of anybody."""
    note = Seal.objects.values_list("checkpoint", flat=True).get(number=job.subject_id)
    return compose(
        to=settings.ORGANISATION_FACTS.dpo_email,
        subject="Point de contrôle du journal des opérations",
        template="privacy/audit/emails/checkpoint",
        space=Space.STAFF,
        path="/gestion/",
        context={"note": note},
    )
