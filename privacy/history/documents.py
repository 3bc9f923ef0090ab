"""The evidence of one entry: a PDF/UA in French, with its proof and the program that checks it attached (CGU-3.27)."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.audit.proofs import Proof, proof_of
from privacy.history.telling import facts_of

KIND = verification.register(Kind("journal.evidence", "Attestation d’une opération du journal"))
PROGRAM = Path(__file__).with_name("check.py.txt")
"""The program of `docs/verify.md`, word for word: a test compares them."""


def proof_name(entry: Entry) -> str:
    return f"ecriture-{entry.pk}.tlog-proof"


def evidence_name(entry: Entry) -> str:
    return f"attestation-ecriture-{entry.pk}.pdf"


def evidence_pdf(entry: Entry, *, by: Account) -> bytes:
    """Give it out: `/verifier/` knows the file, the document is not kept. Raises NotSealed."""
    from portals.documents.pdf import AttachedData, render_pdf  # WeasyPrint takes a second to load

    proof, made_at = proof_of(entry), timezone.now()
    attached = [
        AttachedData(proof_name(entry), "Preuve C2SP tlog-proof", str(proof).encode(), made_at),
        AttachedData("verifier.py", "Programme de vérification, Python 3 et OpenSSL", PROGRAM.read_bytes(), made_at),
    ]
    return verification.issue(
        KIND,
        lambda mark: render_pdf(evidence_html(entry, proof, mark), attached),
        period=f"Opération du {long_date(entry.at)}",
        by=by,
    )


def evidence_html(entry: Entry, proof: Proof, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "entry": entry,
        "label": label_of(entry.action),
        "facts": facts_of(entry),
        "place": proof.index + 1,
        "proof_name": proof_name(entry),
        "keys": settings.JOURNAL_PUBLIC_KEYS,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": entry.space or "adherent",
    }
    return render_to_string("privacy/history/print.html", context)
