"""The answer to « is this document ours? »: the same for the public page and for `manage.py verify_document`.

Whatever the answer, the same is done to find it: the description is read, every place is asked for the code and for
the fingerprint. How long it takes tells nothing. The journal notes the verdict and the kind, never the code.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.verification import claims
from portals.documents.verification.codes import CODE, NO_CODE, as_typed
from portals.documents.verification.models import IssuedDocument
from portals.documents.verification.registry import (
    Finding,
    Issued,
    Source,
    Verdict,
    Way,
    kind_of,
    readers,
    sources,
)
from portals.signals import announce

PATIENCE = 15
"""Seconds for reading what one file claims; the process has 10 of processor time."""


def check_code(text: str, *, by: Account | None) -> Finding:
    """What we know of a code that somebody typed or scanned, or of a text that we signed.

    Somebody who is not signed in asks, so the row context is the system's; nothing but the kind, the period and the day
    of issue leaves.
    """
    text = text.strip()
    with isolation.system():
        reader = next((reader for reader in readers() if text.startswith(reader.prefix)), None)
        if reader is not None:
            return _noted(reader.read(text), by=by)
        issued = _by_code(as_typed(text) or NO_CODE)
        return _noted(Finding(_verdict_on(issued), Way.CODE, issued), by=by)


def check_file(content: bytes, *, by: Account | None) -> Finding:
    """Compare a file with what we issued. The file is not kept. `CHANGED`: it bears a code of ours, and is not our file."""
    fingerprint = hashlib.sha256(content).hexdigest()
    found = CODE.search(_claims(content))
    with isolation.system():
        same = _by_fingerprint(fingerprint)
        claimed = _by_code(found.group() if found else NO_CODE)
        if same is not None:
            finding = Finding(Verdict.REVOKED if same.revoked_on else Verdict.UNCHANGED, Way.FILE, same)
        else:
            finding = Finding(Verdict.CHANGED if claimed else Verdict.UNKNOWN, Way.FILE, claimed)
        return _noted(finding, by=by)


def _verdict_on(issued: Issued | None) -> Verdict:
    if issued is None:
        return Verdict.UNKNOWN
    return Verdict.REVOKED if issued.revoked_on else Verdict.KNOWN


def _by_code(code: str) -> Issued | None:
    found = [source.by_code(code) for source in (KEPT_HERE, *sources())]
    return next(filter(None, found), None)


def _by_fingerprint(sha256: str) -> Issued | None:
    found = [source.by_fingerprint(sha256) for source in (KEPT_HERE, *sources())]
    return next(filter(None, found), None)


def _noted(finding: Finding, *, by: Account | None) -> Finding:
    details = {"way": finding.way.value, "kind": finding.issued.kind.code if finding.issued else ""}
    announce("document.verified", by=by, object_kind="document", result=finding.verdict.value, details=details)
    return finding


def _claims(content: bytes) -> str:
    """The description of a PDF. A process that dies or lingers says that there is none."""
    if not content.startswith(b"%PDF-"):
        return ""
    command = [sys.executable, "-I", str(Path(claims.__file__))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False, env={})
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _issued(document: IssuedDocument | None) -> Issued | None:
    if document is None:
        return None
    return Issued(kind_of(document.kind), document.period, document.issued_on)


KEPT_HERE = Source(
    by_code=lambda code: _issued(IssuedDocument.objects.filter(code=code).first()),
    by_fingerprint=lambda sha256: _issued(IssuedDocument.objects.filter(sha256=sha256).order_by("-pk").first()),
)
