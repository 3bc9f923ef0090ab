"""Interruptions as staff note them: announce, end, cancel. Nothing is rewritten: the log is evidence (CGU-5.4)."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.editorial.availability.actions import AlreadyOver, EndsTooEarly, cancel, end, note
from portals.editorial.availability.forms import EndForm, InterruptionForm
from portals.editorial.availability.models import Interruption, Nature
from portals.editorial.availability.rules import duration_in_words
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

NOTE = "portals.add_interruption"
CHANGE = "portals.change_interruption"
WRONG_END = "La fin doit suivre le début et, pour une maintenance, être à venir\u202f; pour un incident, être passée."


@admin.register(Interruption)
class InterruptionAdmin(PageAdmin):
    """The log, and one page for each line."""

    about = NOBODY_AT_ALL
    tools = (("Annoncer ou noter une interruption", "admin:portals_interruption_place", NOTE),)
    list_display = ("nature", "begins_at", "ends_at", "cancelled_at")
    list_filter = ("nature",)
    ordering = ("-begins_at", "-id")

    def own_pages(self) -> list[OwnPage]:
        return [
            ("noter/", note_page, "portals_interruption_place"),
            ("<int:row_id>/terminer/", end_page, "portals_interruption_end"),
            ("<int:row_id>/annuler/", cancel_page, "portals_interruption_cancel"),
        ]

    def page(self, request: HttpRequest, row: Interruption) -> HttpResponse:
        return TemplateResponse(request, "admin/portals/interruption/page.html", _context(request, row, EndForm()))


@require_http_methods(["GET", "HEAD", "POST"])
def note_page(request: HttpRequest) -> HttpResponse:
    """A maintenance to come, or an incident."""
    by = with_right(request, NOTE)
    form = InterruptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = note(
                by=by, nature=Nature(said["nature"]), begins_at=said["begins_at"], ends_at=said["ends_at"],
                impact=said["impact"],
            )  # fmt: skip
        except EndsTooEarly:
            form.add_error("ends_at", WRONG_END)
        else:
            messages.success(request, "C’est enregistré, et visible sur la page de disponibilité.")
            return redirect("admin:portals_interruption_change", row.pk)
    context = {"form": form, "title": "Annoncer ou noter une interruption"}
    return TemplateResponse(request, "admin/portals/interruption/note.html", context)


@require_POST
def end_page(request: HttpRequest, row_id: int) -> HttpResponse:
    """When an incident ended."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(Interruption, pk=row_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end(by=by, row=row, ends_at=form.cleaned_data["ends_at"])
        except EndsTooEarly:
            form.add_error("ends_at", WRONG_END)
        except AlreadyOver:
            form.add_error(None, "Sa fin est déjà connue.")
        else:
            messages.success(request, "La fin est enregistrée.")
            return redirect("admin:portals_interruption_change", row.pk)
    return TemplateResponse(request, "admin/portals/interruption/page.html", _context(request, row, form))


@require_POST
def cancel_page(request: HttpRequest, row_id: int) -> HttpResponse:
    """Cancel a maintenance that has not begun."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(Interruption, pk=row_id)
    try:
        cancel(by=by, row=row)
    except AlreadyOver:
        messages.error(request, "Seule une maintenance qui n’a pas commencé s’annule.")
    else:
        messages.success(request, "La maintenance est annulée.")
    return redirect("admin:portals_interruption_change", row.pk)


def _context(request: HttpRequest, row: Interruption, form: EndForm) -> dict[str, Any]:
    may_change = account_of(request).has_perm(CHANGE) and row.cancelled_at is None
    return {
        "row": row,
        "duration": duration_in_words(row.begins_at, row.ends_at),
        "form": form,
        "may_end": may_change and row.nature == Nature.INCIDENT and row.ends_at is None,
        "may_cancel": may_change and row.nature == Nature.MAINTENANCE,
        "title": row.get_nature_display(),
    }
