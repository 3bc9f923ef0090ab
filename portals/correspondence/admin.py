"""The queue of staff: what is due first stands first. The texts are on the page of each thread, never in the list."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
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
from portals.correspondence.topics import DPO
from portals.documents.models import Upload, UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.presentation.formats import short_date

ANSWER = "portals.change_thread"
ANSWER_AS_DPO = "portals.answer_dpo_thread"
REFUSALS = {
    answering.NotWaiting: "Cet échange n’attend plus cela\u00a0: il a été accusé, répondu ou clos entre-temps.",
    answering.OutcomeMissing: "Choisissez une issue pour répondre à une réclamation, et aucune pour un message.",
}
LATENESS = {Pace.LATE: "en retard", Pace.NEAR: "bientôt", Pace.FINE: "dans les temps"}


@admin.register(Thread)
class ThreadAdmin(PageAdmin):
    """Complaints and messages, by their next delay."""

    about = About(accounts=("account",), subjects=True)
    list_display = ("number", "topic_words", "space", "state", "due", "opened_at", "escalated_at")
    list_filter = ("kind", "state", "space", ("escalated_at", admin.EmptyFieldListFilter))
    search_fields = ("number__exact", "account__identifier__exact")
    search_help_text = "Le numéro de l’échange ou l’identifiant du compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        """What is asked of the DPO is read by the DPO alone."""
        rows = super().get_queryset(request).order_by(F("due_on").asc(nulls_last=True), "pk")
        return rows if account_of(request).has_perm(ANSWER_AS_DPO) else rows.exclude(topic=DPO)

    @admin.display(description="sujet")
    def topic_words(self, row: Thread) -> str:
        return row.topic_label

    @admin.display(description="échéance", ordering="due_on")
    def due(self, row: Thread) -> SafeString | str:
        if row.due_on is None:
            return "–"
        now = pace(row.due_on, timezone.localdate())
        return format_html('<span class="tag {}">{} {}</span>', now.value, short_date(row.due_on), LATENESS[now])

    def own_pages(self) -> list[OwnPage]:
        at = "<int:thread_id>/"
        return [
            (f"{at}repondre/", answer_page, "portals_thread_answer"),
            (f"{at}pieces/<int:upload_id>/", enclosure, "portals_thread_enclosure"),
            (f"{at}pieces/<int:upload_id>/<str:step>/", enclosure_step, "portals_thread_step"),
        ]

    def page(self, request: HttpRequest, row: Thread) -> HttpResponse:
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
    return enclosures.download(request, _enclosed(_row(request, thread_id), upload_id))


@require_POST
def enclosure_step(request: HttpRequest, thread_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good."""
    row = _row(request, thread_id)
    enclosures.end_quarantine(request, _enclosed(row, upload_id), step)
    return redirect("admin:portals_thread_change", row.pk)


def _row(request: HttpRequest, thread_id: int) -> Thread:
    by = account_of(request)
    if not by.has_perm(ANSWER) and not by.has_perm(ANSWER_AS_DPO):
        raise PermissionDenied
    row = get_object_or_404(Thread, pk=thread_id)
    if not by.has_perm(_right_on(row)):
        raise PermissionDenied
    return row


def _right_on(row: Thread) -> str:
    """Who answers this thread."""
    return ANSWER_AS_DPO if row.topic == DPO else ANSWER


def _enclosed(row: Thread, upload_id: int) -> Upload:
    return get_object_or_404(Upload.objects.filter(letters__thread=row).distinct(), pk=upload_id)


def _page(request: HttpRequest, row: Thread, form: AnswerForm) -> TemplateResponse:
    now = pace(row.due_on, timezone.localdate())
    context = {
        "title": row.number,
        "row": row,
        "is_complaint": row.kind == Kind.COMPLAINT,
        "pace": now.value,
        "lateness": LATENESS.get(now, ""),
        "letters": letters_of(row),
        "notes": notes_of(row),
        "quarantined": UploadState.QUARANTINED,
        "form": form,
        "may_answer": account_of(request).has_perm(_right_on(row)),
    }
    return TemplateResponse(request, "admin/portals/thread/page.html", context)
