"""Whether a document is one that we issued, unchanged: what every room that makes PDFs uses, and `/verifier/` answers from.

A room names its kind of document once, in a module that `portals.registration.import_rooms` imports:

    CERTIFICATE = verification.register(Kind("cover.certificate", "Attestation de couverture"))

and makes the PDF through `issue`, which gives the code to print and keeps the fingerprint (one small row, which a page
that is only read may write, as it writes the journal):

    pdf = verification.issue(CERTIFICATE, lambda mark: render_pdf(html_of(…, mark)), period="Année 2026", by=account)

`mark` (`Mark`) goes into the template's context under that very name. `pdf/base.html` then writes the code into the
description of the file, by which a changed copy is told from a stranger's file; the visible block, with the QR code, is

    <section class="legal"><div>…</div>{% include "pdf/verify.html" %}</section>

`period` is what the document is about, in French and in few words: it is told to whoever holds the code, so it bears no
name, no number and no word on health. A PDF that is signed is signed by the callable: the fingerprint is that of the
bytes that leave. A room that keeps its documents itself, with their code and fingerprint, registers a `Source` instead
(`members.statements.verifying`); a text that proves itself by its signature, a `Reader` (the third-party payment card).

What is answered, and why: docs/decisions/verification.md.
"""

from portals.documents.verification.actions import issue
from portals.documents.verification.codes import ALPHABET, as_typed, new_code
from portals.documents.verification.marks import Mark, mark_of
from portals.documents.verification.registry import (
    Finding,
    Issued,
    Kind,
    Reader,
    Source,
    Verdict,
    Way,
    add_reader,
    add_source,
    register,
)

__all__ = [
    "ALPHABET",
    "Finding",
    "Issued",
    "Kind",
    "Mark",
    "Reader",
    "Source",
    "Verdict",
    "Way",
    "add_reader",
    "add_source",
    "as_typed",
    "issue",
    "mark_of",
    "new_code",
    "register",
]
