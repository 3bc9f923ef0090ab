"""The DPO's own books: exchanges with the authority, advice to management, the periodic report."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.register.oversight.models import Advice, AuthorityExchange
from privacy.register.oversight.report import report_pdf

ADVISE = "privacy.change_advice"


@admin.register(AuthorityExchange)
class AuthorityExchangeAdmin(GestionAdmin):
    """What waits for an answer stands first."""

    about = NOBODY_AT_ALL
    list_display = ("on_day", "direction", "kind", "reference", "answer_due_on", "answered_on")
    list_filter = ("kind", "direction", ("answered_on", admin.EmptyFieldListFilter))
    search_fields = ("reference__exact",)
    search_help_text = "La référence de l’autorité"
    ordering = ("-on_day", "-pk")


@admin.register(Advice)
class AdviceAdmin(GestionAdmin):
    """Advice to management, and the report that goes to it."""

    about = NOBODY_AT_ALL
    list_display = ("given_on", "addressed_to", "subject", "followed")
    list_display_links = ("subject",)
    list_filter = ("followed",)
    ordering = ("-given_on", "-pk")
    tools = (("Rapport de gestion (PDF)", "admin:privacy_advice_report", ADVISE),)

    def own_pages(self) -> list[OwnPage]:
        return [("rapport.pdf", report_page, "privacy_advice_report")]


@require_safe
def report_page(request: HttpRequest) -> HttpResponseBase:
    """The periodic report to management: the last twelve months, drawn now (PDP-2.9)."""
    by = with_right(request, ADVISE)
    record("dpo.report_made", by=by)
    today = timezone.localdate()
    answer = HttpResponse(report_pdf(by=by, day=today), content_type="application/pdf")
    return as_attachment(answer, f"rapport-dpo-{today:%Y-%m-%d}.pdf")
