"""The answer to a request as a signed PDF/UA, drawn anew from texts that never change."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import instant_with_zone, long_date
from privacy.audit import record
from privacy.rights.models import RightsRequest
from privacy.rights.queries import decisions_of
from privacy.rights.sealing import texts_of

ANSWER = verification.register(Kind("rights.answer", "Réponse à une demande de droit"))


def answer_pdf(request: RightsRequest, *, by: Account | None) -> bytes:
    """The letter, which `/verifier/` knows; the journal notes that it was downloaded. In a context that sees the row."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    def signed(mark: Mark) -> bytes:
        return sign(render_pdf(answer_html(request, mark)), reason=f"Demande {request.number}")

    record("rights.answer_printed", by=by, object_kind="rights_request", object_id=request.pk)
    return verification.issue(ANSWER, signed, period=f"Reçue le {long_date(request.received_on)}", by=by)


def answer_html(request: RightsRequest, mark: Mark | None) -> str:
    texts = texts_of(request)
    context = {
        "row": request,
        "claim": texts.claim,
        "words": texts.words,
        "answer": texts.answer,
        "decisions": decisions_of(request),
        "mark": mark,
        "made_at": instant_with_zone(timezone.now()),
        "organisation": settings.ORGANISATION_FACTS,
        "space": request.space,
    }
    return render_to_string("privacy/rights/answer.html", context)


def name_of(request: RightsRequest) -> str:
    return f"reponse-{request.number}.pdf"
