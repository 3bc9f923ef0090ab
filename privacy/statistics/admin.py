"""Anonymous statistics as staff read them, and the editions as the data protection officer follows them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import month_name
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.audit import record
from privacy.statistics import actions, reading
from privacy.statistics.facts import Source, sources
from privacy.statistics.forms import FiguresForm
from privacy.statistics.models import Edition, EditionState
from privacy.statistics.reading import COLUMNS, Words
from privacy.statistics.rules import HOUSEHOLDS, LEAST, NEARLY_ALL

VIEW = "privacy.view_edition"
HEADINGS = (
    "Mois", "Famille de soins", "Âge", "Sexe", "Région", "Formule", "Personnes, au moins", "Actes", "Dépense (€)",
    "Part de la mutuelle (€)",
)  # fmt: skip
NOT_TOLD = "non détaillé"


@admin.register(Edition)
class EditionAdmin(PageAdmin):
    """Each attempt, with what re-identification found."""

    about = NOBODY_AT_ALL
    tools = (("Lire les statistiques", "admin:privacy_edition_figures", VIEW),)
    list_display = ("month_label", "state", "cells", "made_at")
    list_display_links = ("month_label",)
    list_filter = ("state",)
    ordering = ("-month", "-id")

    @admin.display(description="mois", ordering="month")
    def month_label(self, edition: Edition) -> str:
        return month_name(edition.month).capitalize()

    def own_pages(self) -> list[OwnPage]:
        return [
            ("chiffres/", figures_page, "privacy_edition_figures"),
            ("chiffres.csv", export_page, "privacy_edition_export"),
            ("<int:edition_id>/refaire/", again_step, "privacy_edition_again"),
        ]

    def page(self, request: HttpRequest, row: Edition) -> HttpResponse:
        is_last = not Edition.objects.filter(source=row.source, month=row.month, pk__gt=row.pk).exists()
        may_retry = row.state == EditionState.REFUSED and is_last and account_of(request).has_perm(actions.CHANGE)
        context = {"title": "Édition de statistiques", "row": row, "may_retry": may_retry}
        return TemplateResponse(request, "admin/privacy/statistics/edition.html", context)


@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """The figures, along one axis. They are read by a database role that reads nothing else (PDP-5.2)."""
    by = with_right(request, VIEW)
    context: dict[str, Any] = {
        "title": "Statistiques anonymes",
        "is_open": reading.is_open(),
        "form": None,
        "lines": None,
    }
    source = _source()
    if context["is_open"] and source is not None and (months := reading.months_of(source.code)):
        words = reading.words()
        form = FiguresForm(request.GET, months=months, words=words)
        context |= {"form": form, "source": source}
        if form.is_valid():
            context |= _figures(form, source, words)
    record("statistics.read", by=by)
    return TemplateResponse(request, "admin/privacy/statistics/figures.html", context)


def _source() -> Source | None:
    """The first source; there is one as yet."""
    return next(iter(sources()), None)


def _figures(form: FiguresForm, source: Source, words: Words) -> dict[str, Any]:
    asked = form.asked(source.code)
    lines = reading.lines_of(asked, words)
    told = form.cleaned_data
    return {
        "asked": asked,
        "axis": reading.AXES[asked.axis],
        "lines": lines,
        "acts": sum(line.acts for line in lines),
        "expense": sum(line.expense for line in lines),
        "mutual": sum(line.mutual for line in lines),
        "least": LEAST,
        "households": HOUSEHOLDS,
        "nearly_all": NEARLY_ALL,
        "export": f"{reverse('admin:privacy_edition_export')}?{urlencode({name: told[name] for name in ('du', 'au')})}",
    }


@require_safe
def export_page(request: HttpRequest) -> HttpResponseBase:
    """Every cell of the months asked, as CSV."""
    by, source = with_right(request, VIEW), _source()
    if source is None or not reading.is_open():
        return redirect("admin:privacy_edition_figures")
    months, words = reading.months_of(source.code), reading.words()
    if not months:
        return _file([], "statistiques.csv")
    form = FiguresForm(request.GET, months=months, words=words)
    if not form.is_valid():
        return redirect(f"{reverse('admin:privacy_edition_figures')}?{request.GET.urlencode()}")
    asked = form.asked(source.code)
    record("statistics.exported", by=by, details={"since": f"{asked.since:%Y-%m}", "until": f"{asked.until:%Y-%m}"})
    rows = [_cells(row, words) for row in reading.cells_of(source.code, asked.since, asked.until)]
    return _file(rows, f"statistiques-{asked.since:%Y-%m}-{asked.until:%Y-%m}.csv")


def _file(rows: list[list[str]], name: str) -> HttpResponseBase:
    content = sheet(HEADINGS, rows)
    return as_attachment(HttpResponse(content, content_type="text/csv; charset=utf-8"), name)


def _cells(row: tuple[Any, ...], words: Words) -> list[str]:
    told = dict(zip(COLUMNS, row, strict=True))
    axes = [text_cell(words.of(axis, told[axis]) if told[axis] else NOT_TOLD) for axis in COLUMNS[1:6]]
    return [f"{told['month']:%Y-%m}", *axes, *(str(told[name]) for name in COLUMNS[6:])]


@require_POST
def again_step(request: HttpRequest, edition_id: int) -> HttpResponseBase:
    """Try a refused month again."""
    by, edition = with_right(request, actions.CHANGE), get_object_or_404(Edition, pk=edition_id)
    try:
        actions.ask_again(by=by, edition=edition)
    except actions.AlreadyMade:
        messages.error(request, "Ce mois est établi\u00a0: il ne change plus.")
    else:
        messages.success(request, "L’édition est en cours de calcul. Son résultat sera dans la liste.")
    return redirect("admin:privacy_edition_changelist")
