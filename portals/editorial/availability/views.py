"""`/disponibilite/`: what is planned, what happened, readable by anyone; the same log as a document that can be checked."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.documents import verification
from portals.documents.actions import as_attachment
from portals.documents.verification import Kind, Mark
from portals.editorial.availability.models import Interruption
from portals.editorial.availability.queries import log, minutes_away, planned
from portals.editorial.availability.rules import duration_in_words
from portals.presentation.formats import instant_with_zone, long_date

LOG = verification.register(Kind("availability.log", "Journal de disponibilité"))
BY_NETWORK = limits.Limit("availability log", 60, 3600)
"""Laying out a PDF takes a tenth of a second of a processor, and anybody may ask."""
MEASURED_DAYS = 30


@login_not_required
@require_safe
def availability(request: HttpRequest) -> HttpResponse:
    """Planned maintenances and the log of two years (CGU-4.1, 4.2, 5.4)."""
    now = timezone.now()
    context = {
        "planned": list(planned(now)),
        "lines": [_line(row) for row in log(now)],
        "away": minutes_away(MEASURED_DAYS),
        "days": MEASURED_DAYS,
        "now": now,
    }
    return render(request, "portals/availability/availability.html", context)


@never_cache
@login_not_required
@require_safe
def availability_pdf(request: HttpRequest) -> HttpResponse:
    """The log as evidence: dated, numbered, with a code that `/verifier/` answers to (CGU-5.4)."""
    try:
        limits.count(BY_NETWORK, network_of(address_of(request)))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    by = request.user if isinstance(request.user, Account) else None
    response = HttpResponse(_pdf(by), content_type="application/pdf")
    return as_attachment(response, "journal-de-disponibilite.pdf")


def _pdf(by: Account | None) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    now = timezone.now()
    context = {
        "lines": [_line(row) for row in log(now)],
        "planned": list(planned(now)),
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
        "made_at": instant_with_zone(now),
    }

    def laid_out(mark: Mark) -> bytes:
        return render_pdf(render_to_string("portals/availability/log.html", {**context, "mark": mark}))

    return verification.issue(LOG, laid_out, period=f"Jusqu’au {long_date(now)}", by=by)


def _line(row: Interruption) -> dict[str, object]:
    return {"row": row, "duration": duration_in_words(row.begins_at, row.ends_at)}
