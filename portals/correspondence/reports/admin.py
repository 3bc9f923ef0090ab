"""Errors that were reported, the ones that wait first."""

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from portals.access.entry import account_of
from portals.correspondence.reports.actions import AlreadyDecided, decide, words_of
from portals.correspondence.reports.forms import DecisionForm
from portals.correspondence.reports.models import ErrorReport, ReportedState
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

DECIDE = "portals.change_errorreport"


@admin.register(ErrorReport)
class ErrorReportAdmin(PageAdmin):
    """By page; what was written is on the page of each report."""

    about = About(accounts=("account",))
    list_display = ("number", "page", "state", "reported_at", "decided_at")
    list_filter = ("state",)
    search_fields = ("number__exact",)
    search_help_text = "Le numéro du signalement"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        rows = super().get_queryset(request)
        return rows.order_by(F("decided_at").desc(nulls_first=True), "reported_at", "pk")

    def own_pages(self) -> list[OwnPage]:
        return [("<int:report_id>/traiter/", decide_page, "portals_errorreport_decide")]

    def page(self, request: HttpRequest, row: ErrorReport) -> HttpResponse:
        return _page(request, row, DecisionForm())


@require_POST
def decide_page(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Corrected, or nothing to correct."""
    by = with_right(request, DECIDE)
    row = get_object_or_404(ErrorReport, pk=report_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        decide(
            by=by, report=row, corrected=said["decision"] == ReportedState.CORRECTED, answer=said["answer"],
            published=said["published"],
        )  # fmt: skip
    except AlreadyDecided:
        messages.error(request, "Ce signalement a déjà été traité.")
    else:
        messages.success(request, f"{row.number}\u00a0: c’est enregistré.")
    return redirect("admin:portals_errorreport_change", row.pk)


def _page(request: HttpRequest, row: ErrorReport, form: DecisionForm) -> TemplateResponse:
    context = {
        "title": row.number,
        "row": row,
        "words": words_of(row),
        "form": form,
        "may_decide": account_of(request).has_perm(DECIDE) and row.state == ReportedState.RECEIVED,
    }
    return TemplateResponse(request, "admin/portals/errorreport/page.html", context)
