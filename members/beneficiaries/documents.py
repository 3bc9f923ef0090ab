"""The dated copy of a request, as signed PDF/UA, drawn anew from what was sent."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.queries import all_rules
from members.beneficiaries.telling import told
from portals.accounts.models import Space
from portals.presentation.formats import instant_with_zone


def copy_pdf(request: BeneficiaryRequest) -> bytes:
    """The signed document. The NIR is not on it."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    context = {
        "told": told(request, all_rules()),
        "row": request,
        "uploads": list(request.proofs.order_by("id")),
        "steps": list(request.steps.order_by("id")),
        "made_at": instant_with_zone(timezone.now()),
        "account": request.account,
        "organisation": settings.ORGANISATION_FACTS,
        "space": Space.MEMBER.value,
    }
    html = render_to_string("members/beneficiaries/copy.html", context)
    return sign(render_pdf(html), reason=f"Demande {request.number}")
