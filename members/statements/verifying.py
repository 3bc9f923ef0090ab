"""Is this file a statement that we issued, unchanged?"""

import hashlib
import io
import re
from dataclasses import dataclass
from enum import StrEnum

import pikepdf

from members.statements.models import Statement

NUMBER = re.compile(r"R-\d{4}-\d{2}-\d{10,}")


class Verdict(StrEnum):
    ISSUED = "issued"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """`number` is that of the statement the file is, or claims to be."""

    verdict: Verdict
    number: str = ""


def verify(content: bytes) -> Finding:
    """Compare a file with what we keep. Needs the system's row context.

    `CHANGED`: not one of our files, but it bears the number of a statement of ours.
    """
    fingerprint = hashlib.sha256(content).hexdigest()
    number = Statement.objects.filter(file__sha256=fingerprint).values_list("number", flat=True).first()
    if number is not None:
        return Finding(Verdict.ISSUED, number)
    claimed = _claimed_number(content)
    if claimed and Statement.objects.filter(number=claimed).exists():
        return Finding(Verdict.CHANGED, claimed)
    return Finding(Verdict.UNKNOWN)


def _claimed_number(content: bytes) -> str:
    """The number that the document's own description gives, as we write it."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            described = " ".join(str(value) for value in document.docinfo.values())
    except (pikepdf.PdfError, ValueError, TypeError):
        return ""
    found = NUMBER.search(described)
    return found.group() if found else ""
