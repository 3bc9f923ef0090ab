"""What an employee wrote to ask for a waiver: sealed under the waiver's own key, and its fingerprint."""

import hashlib
import json
from collections.abc import Sequence

from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.rules import Plea
from portals import secrets
from portals.documents.uploads import CleanFile

PLACE = "employers_waiverrequest.words_sealed"


def subject_of(waiver: Waiver) -> str:
    return f"waiver:{waiver.reference}"


def seal_words(waiver: Waiver, words: str) -> bytes:
    return secrets.seal(subject_of(waiver), PLACE, words)


def words_of(request: WaiverRequest) -> str:
    """The request as it was written. One query beside the waiver's own."""
    return secrets.unseal(subject_of(request.waiver), PLACE, bytes(request.words_sealed))


def fingerprint_of(waiver: Waiver, plea: Plea, files: Sequence[CleanFile]) -> str:
    """SHA-256 of what was asked: the words, the dates, the case, each document. The random reference makes it one-way."""
    said = [
        waiver.reference, plea.words, plea.written_on.isoformat(), plea.case, plea.first_day.isoformat(),
        plea.ends_on.isoformat() if plea.ends_on else "",
        *(hashlib.sha256(file.content).hexdigest() for file in files),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
