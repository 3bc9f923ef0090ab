"""The certificate as PDF/UA, with the code by which anybody checks it."""

from django.conf import settings
from django.template.loader import render_to_string

from members.certificates.contents import Certificate
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

KIND = verification.register(Kind("members.certificate", "Attestation de mutuelle"))


def certificate_pdf(certificate: Certificate, *, by: Account | None) -> bytes:
    """Give it out: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        KIND,
        lambda mark: render_pdf(certificate_html(certificate, mark)),
        period=f"Droits au {long_date(certificate.day)}",
        by=by,
    )


def certificate_html(certificate: Certificate, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "certificate": certificate,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/certificates/print.html", context)


def filename_of(certificate: Certificate) -> str:
    """`Attestation de mutuelle 2026-10-09.pdf`: no name, no number."""
    return f"{certificate.title} {certificate.day.isoformat()}.pdf"
