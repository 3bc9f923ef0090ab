"""The letter that answers a request, as signed PDF/UA, drawn anew from an answer that never changes."""

from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from members.quotes.requests.models import CareRequest
from members.quotes.requests.sealing import answer_of
from portals.accounts.models import Account, Space
from portals.presentation.formats import instant_with_zone
from privacy.audit import record


def amount_of(answer: dict[str, str]) -> Decimal | None:
    """What was agreed, in euros."""
    return Decimal(answer["amount"]) if "amount" in answer else None


def letter_html(request: CareRequest) -> str:
    """The page that becomes the letter. The person must be loaded with the request."""
    answer = answer_of(request)
    context = {
        "request_made": request,
        "person": request.person,
        "answer": answer,
        "amount": amount_of(answer),
        "made_at": instant_with_zone(timezone.now()),
        "organisation": settings.ORGANISATION_FACTS,
        "space": Space.MEMBER.value,
    }
    return render_to_string("members/quotes/requests/letter.html", context)


def letter_pdf(request: CareRequest, *, by: Account) -> bytes:
    """The signed document; the journal notes that it was downloaded."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    signed = sign(render_pdf(letter_html(request)), reason=f"Demande {request.number}")
    record("care_request.printed", by=by, object_kind="care_request", object_id=request.pk)
    return signed
