"""The certificate of an agreement, as PDF/UA, with the code by which anybody checks it."""

import datetime

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from providers.agreements.models import Agreement
from providers.agreements.queries import state_on
from providers.agreements.signup import practice_of

KIND = verification.register(Kind("professional.agreement", "Attestation de convention de tiers payant"))


def certificate_pdf(agreement: Agreement, *, day: datetime.date, by: Account) -> bytes:
    """Give it out as of `day`: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        KIND,
        lambda mark: render_pdf(certificate_html(agreement, day, mark)),
        period=f"Convention au {long_date(day)}",
        by=by,
    )


def certificate_html(agreement: Agreement, day: datetime.date, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "agreement": agreement,
        "professional": agreement.professional,
        "practice": practice_of(agreement.professional),
        "standing": state_on(agreement, day),
        "day": day,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "professionnel",
    }
    return render_to_string("providers/agreements/print.html", context)


def filename_of(day: datetime.date) -> str:
    """`Attestation de convention 2026-10-09.pdf`: no name, no number."""
    return f"Attestation de convention {day.isoformat()}.pdf"
