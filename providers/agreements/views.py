"""The home of the professional space: the professional and their agreements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, grant_of
from privacy import audit
from providers.agreements.models import Professional
from providers.agreements.queries import AgreementState, agreements_of, state_on
from providers.agreements.signup import practice_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    professional_id = grant.tenant_id
    professional = get_object_or_404(Professional, pk=professional_id)
    today = timezone.localdate()
    agreements = [(agreement, state_on(agreement, today)) for agreement in agreements_of(professional_id)]
    active = next((agreement for agreement, state in agreements if state == AgreementState.ACTIVE), None)
    audit.record("professional.viewed", by=account_of(request), object_kind="professional", object_id=professional_id)
    context = {
        "professional": professional,
        "practice": practice_of(professional),
        "agreements": agreements,
        "active": active,
    }
    return render(request, "providers/agreements/home.html", context)
