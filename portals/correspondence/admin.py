"""The queue of staff: what is due first stands first. The texts are on the page of each thread, never in the list."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from portals.access.entry import account_of
from portals.correspondence import answering
from portals.correspondence.forms import AnswerForm
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import letters_of
from portals.correspondence.rules import Pace, pace
from portals.correspondence.sealing import notes_of
from portals.documents.models import Upload, UploadState
from portals.documents.quarantine import AlreadyDecided, discard, release
from portals.documents.uploads import InQuarantine, serve
from portals.gestion.model_admin import ReadOnlyAdmin
from portals.presentation.formats import short_date

ANSWER = "portals.change_thread"
REFUSALS = {
    answering.NotWaiting: "Cet échange n’attend plus cela\u00a0: il a été accusé, répondu ou clos entre-temps.",
    answering.OutcomeMissing: "Choisissez une issue pour répondre à une réclamation, et aucune pour un message.",
}
LATENESS = {Pace.LATE: "en retard", Pace.NEAR: "bientôt", Pace.FINE: "dans les temps"}


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    """Complaints and messages, by their next delay."""

    list_display = ("number", "topic_words", "space", "state", "due", "opened_at", "escalated_at")
    list_filter = ("kind", "state", "space", ("escalated_at", admin.EmptyFieldListFilter))
    search_fields = ("number__exact", "account__identifier__exact")
    search_help_text = "Le numéro de l’échange ou l’identifiant du compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return super().get_queryset(request).order_by(F("due_on").asc(nulls_last=True), "pk")

    @admin.display(description="sujet")
    def topic_words(self, row: Thread) -> str:
        return row.topic_label

    @admin.display(description="échéance", ordering="due_on")
    def due(self, row: Thread) -> SafeString | str:
        if row.due_on is None:
            return "–"
        now = pace(row.due_on, timezone.localdate())
        return format_html('<span class="tag {}">{} {}</span>', now.value, short_date(row.due_on), LATENESS[now])

    def get_urls(self) -> list[URLPattern]:
        def guarded(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        at = "<int:thread_id>/"
        return [
            path(f"{at}repondre/", guarded(answer_page), name="portals_thread_answer"),
            path(f"{at}pieces/<int:upload_id>/", guarded(enclosure), name="portals_thread_enclosure"),
            path(f"{at}pieces/<int:upload_id>/<str:step>/", guarded(enclosure_step), name="portals_thread_step"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The conversation, in place of Django's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id or "")
        if row is None or request.method not in {"GET", "HEAD"}:
            raise Http404
        self.note_look(request, "gestion.consulted", object_id=row.pk)
        return _page(request, row, AnswerForm())


@require_POST
def answer_page(request: HttpRequest, thread_id: int) -> HttpResponseBase:
    """Answer, acknowledge, note or close."""
    row = _row(request, thread_id)
    by, form = account_of(request), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        if said["act"] == "answer":
            answering.answer(by=by, thread=row, text=said["text"], outcome=said["outcome"])
        elif said["act"] == "acknowledge":
            answering.acknowledge(by=by, thread=row, text=said["text"])
        elif said["act"] == "note":
            answering.note(by=by, thread=row, text=said["text"])
        else:
            answering.close(by=by, thread=row)
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _page(request, row, form)
    messages.success(request, f"{row.number}\u00a0: c’est enregistré.")
    return redirect("admin:portals_thread_change", row.pk)


@require_safe
def enclosure(request: HttpRequest, thread_id: int, upload_id: int) -> HttpResponseBase:
    """A document out of quarantine, as an attachment."""
    upload = _enclosed(_row(request, thread_id), upload_id)
    try:
        return serve(upload, by=account_of(request))
    except InQuarantine as error:
        raise Http404 from error


@require_POST
def enclosure_step(request: HttpRequest, thread_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good."""
    row = _row(request, thread_id)
    upload = _enclosed(row, upload_id)
    try:
        if step == "liberer":
            release(by=account_of(request), upload=upload)
        elif step == "ecarter":
            discard(by=account_of(request), upload=upload, reason="Écarté par un gestionnaire.")
        else:
            raise Http404
    except AlreadyDecided:
        messages.error(request, "Ce document n’est plus en quarantaine.")
    return redirect("admin:portals_thread_change", row.pk)


def _row(request: HttpRequest, thread_id: int) -> Thread:
    if not account_of(request).has_perm(ANSWER):
        raise PermissionDenied
    return get_object_or_404(Thread, pk=thread_id)


def _enclosed(row: Thread, upload_id: int) -> Upload:
    return get_object_or_404(Upload.objects.filter(letters__thread=row).distinct(), pk=upload_id)


def _page(request: HttpRequest, row: Thread, form: AnswerForm) -> TemplateResponse:
    now = pace(row.due_on, timezone.localdate())
    context = {
        **admin.site.each_context(request),
        "title": row.number,
        "row": row,
        "is_complaint": row.kind == Kind.COMPLAINT,
        "pace": now.value,
        "lateness": LATENESS.get(now, ""),
        "letters": letters_of(row),
        "notes": notes_of(row),
        "quarantined": UploadState.QUARANTINED,
        "form": form,
        "may_answer": account_of(request).has_perm(ANSWER),
    }
    return TemplateResponse(request, "admin/portals/thread/page.html", context)
