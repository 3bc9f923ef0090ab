"""Consultations as the data protection officer writes, publishes and concludes them."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.consultations import actions
from privacy.consultations.documents import filename_of, results_csv
from privacy.consultations.forms import BallotForm, ConsultationForm, LearnedForm
from privacy.consultations.models import Consultation, ConsultationState
from privacy.consultations.showing import shown

FROZEN = "Cette consultation est publiée\u00a0: elle ne change plus."
COUNTED = {ConsultationState.COUNTED, ConsultationState.TOLD}


@admin.register(Consultation)
class ConsultationAdmin(PageAdmin):
    """Who answered is nowhere here: markers are closed to staff by the database, and so is the box."""

    about = NOBODY_AT_ALL
    tools = (("Préparer une consultation", "admin:privacy_consultation_write", actions.WRITE),)
    list_display = ("title", "state", "opens_on", "closes_on", "answers")
    list_filter = ("state",)
    ordering = ("-opens_on", "-id")

    def own_pages(self) -> list[OwnPage]:
        return [
            ("ecrire/", write_page, "privacy_consultation_write"),
            ("<int:consultation_id>/modifier/", rewrite_page, "privacy_consultation_rewrite"),
            ("<int:consultation_id>/publier/", publish_page, "privacy_consultation_publish"),
            ("<int:consultation_id>/conclure/", tell_page, "privacy_consultation_tell"),
            ("<int:consultation_id>/resultats.csv", sheet_page, "privacy_consultation_sheet"),
        ]

    def page(self, request: HttpRequest, row: Consultation) -> HttpResponse:
        may_write = account_of(request).has_perm(actions.WRITE)
        context = {
            "title": row.title,
            "row": row,
            "preview": BallotForm(consultation=row, auto_id="apercu_%s"),
            "is_counted": row.state in COUNTED,
            "questions": shown(row) if row.state in COUNTED else None,
            "remarks": row.remarks if may_write else None,
            "may_write": may_write,
        }
        return TemplateResponse(request, "admin/privacy/consultations/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: HttpRequest) -> HttpResponseBase:
    """A new consultation."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rewrite_page(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """The same, while it is a draft."""
    return _form_page(request, get_object_or_404(Consultation, pk=consultation_id))


def _form_page(request: HttpRequest, consultation: Consultation | None) -> HttpResponseBase:
    by = with_right(request, actions.WRITE)
    form = ConsultationForm(request.POST if request.method == "POST" else None, consultation=consultation)
    if form.is_valid():
        try:
            row = actions.write(by=by, asked=form.asked(), consultation=consultation)
        except actions.AlreadyPublished:
            messages.error(request, FROZEN)
            return redirect("admin:privacy_consultation_changelist")
        messages.success(request, "La consultation est enregistrée. Relisez-la avant de la publier.")
        return redirect("admin:privacy_consultation_change", row.pk)
    title = "Modifier la consultation" if consultation else "Préparer une consultation"
    return TemplateResponse(request, "admin/privacy/consultations/write.html", {"form": form, "title": title})


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """Ask, then publish."""
    by, row = with_right(request, actions.WRITE), get_object_or_404(Consultation, pk=consultation_id)
    if request.method == "POST":
        try:
            actions.publish(by=by, consultation=row)
        except actions.AlreadyPublished:
            messages.error(request, FROZEN)
        except actions.AlreadyOver:
            messages.error(request, "Son dernier jour est passé\u00a0: changez ses dates d’abord.")
        else:
            messages.success(request, "La consultation est publiée. Qui accepte les enquêtes en est averti.")
        return redirect("admin:privacy_consultation_change", row.pk)
    context = {"title": "Publier la consultation", "row": row, "words": actions.announcement(row)}
    return TemplateResponse(request, "admin/privacy/consultations/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_page(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """Say what the answers change, and publish the results."""
    by, row = with_right(request, actions.WRITE), get_object_or_404(Consultation, pk=consultation_id)
    form = LearnedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.tell(by=by, consultation=row, learned=form.cleaned_data["learned"])
        except actions.NotCounted:
            messages.error(request, "Les résultats se publient une fois, après le dépouillement.")
        else:
            messages.success(request, "Les résultats sont publiés. Les remarques libres sont détruites.")
        return redirect("admin:privacy_consultation_change", row.pk)
    context = {"title": "Publier les résultats", "row": row, "form": form}
    return TemplateResponse(request, "admin/privacy/consultations/tell.html", context)


@require_safe
def sheet_page(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """The results as CSV, once they are counted."""
    by = with_right(request, "privacy.view_consultation")
    row = get_object_or_404(Consultation, pk=consultation_id, state__in=COUNTED)
    record("consultation.downloaded", by=by, object_kind="consultation", object_id=row.pk)
    answer = HttpResponse(results_csv(row), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, filename_of(row, "csv"))
