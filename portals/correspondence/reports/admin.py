"""Errors that were reported, the ones that wait first."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from portals.access.entry import account_of
from portals.correspondence.reports.actions import AlreadyDecided, decide, words_of
from portals.correspondence.reports.forms import DecisionForm
from portals.correspondence.reports.models import ErrorReport, ReportedState
from portals.gestion.model_admin import ReadOnlyAdmin

DECIDE = "portals.change_errorreport"


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    """By page; what was written is on the page of each report."""

    list_display = ("number", "page", "state", "reported_at", "decided_at")
    list_filter = ("state",)
    search_fields = ("number__exact",)
    search_help_text = "Le numéro du signalement"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        rows = super().get_queryset(request)
        return rows.order_by(F("decided_at").desc(nulls_first=True), "reported_at", "pk")

    def get_urls(self) -> list[URLPattern]:
        guarded: Any = self.admin_site.admin_view(decide_page)
        return [path("<int:report_id>/traiter/", guarded, name="portals_errorreport_decide"), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The report, in place of Django's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id or "")
        if row is None or request.method not in {"GET", "HEAD"}:
            raise Http404
        self.note_look(request, "gestion.consulted", object_id=row.pk)
        return _page(request, row, DecisionForm())


@require_POST
def decide_page(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Corrected, or nothing to correct."""
    by = account_of(request)
    if not by.has_perm(DECIDE):
        raise PermissionDenied
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
        **admin.site.each_context(request),
        "title": row.number,
        "row": row,
        "words": words_of(row),
        "form": form,
        "may_decide": account_of(request).has_perm(DECIDE) and row.state == ReportedState.RECEIVED,
    }
    return TemplateResponse(request, "admin/portals/errorreport/page.html", context)
