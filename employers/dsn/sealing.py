"""What a draft holds, sealed under a key of its own: the file as it was read, and what was chosen in it since."""

import json
from dataclasses import dataclass, field

from employers.dsn.declared import DsnFile, as_draft, from_draft
from employers.dsn.models import DsnDraft
from portals import secrets
from portals.secrets.models import SubjectKey

PLACE = "employers_dsndraft.content_sealed"


@dataclass
class Content:
    """`name` of the file as sent; `left_out`: keys of proposals not wanted; `reasons`: of ends, by key."""

    file: DsnFile
    name: str
    left_out: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)


def subject_of(reference: str) -> str:
    return f"dsn:{reference}"


def seal_content(reference: str, content: Content) -> bytes:
    said = {
        "file": as_draft(content.file),
        "name": content.name,
        "left_out": sorted(content.left_out),
        "reasons": content.reasons,
    }
    return secrets.seal(subject_of(reference), PLACE, json.dumps(said))


def content_of(draft: DsnDraft) -> Content:
    """What the draft holds. One query for its key."""
    said = json.loads(secrets.unseal(subject_of(draft.reference), PLACE, bytes(draft.content_sealed)))
    return Content(from_draft(said["file"]), said["name"], set(said["left_out"]), said["reasons"])


def lose_content(draft: DsnDraft) -> None:
    """Destroy the key: no copy can be read again, in backups either."""
    SubjectKey.objects.filter(subject=subject_of(draft.reference)).delete()
