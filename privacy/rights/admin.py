"""The desk of requests, for the data protection officer: the queue by days left, one page a request, the indicators.

The services see their tasks, and what they need to do them.
"""

from django.contrib import admin, messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment
from portals.documents.models import Upload, UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date
from privacy.directives.staff import write_down_page
from privacy.erasure.admin import hold_page, plan_page
from privacy.restriction.admin import set_page
from privacy.rights import actions, answering, documents
from privacy.rights.models import PENDING, Channel, Identity, Right, RightsRequest, RightsTask, State, Whom
from privacy.rights.queries import decisions_of, figures, standing_of
from privacy.rights.registry import task_kind
from privacy.rights.sealing import claim_of, instruction_of, report_of, texts_of, words_of
from privacy.rights.staff_acts import ACTS, CHANGE, REFUSALS, page_of
from privacy.rights.staff_forms import EntryForm, FinishForm

SOON_DAYS = 7
TASK = "privacy.change_rightstask"
DOORS = {
    Right.ERASURE: (("Voir le plan d’effacement", "admin:privacy_rightsrequest_plan"),),
    Right.POST_MORTEM: (("Enregistrer des directives signées", "admin:privacy_rightsrequest_directives"),),
    Right.RESTRICTION: (("Limiter l’usage", "admin:privacy_rightsrequest_freeze"),),
    Right.OBJECTION: (("Limiter l’usage le temps de l’examen", "admin:privacy_rightsrequest_freeze"),),
}
"""Where what a right asks for is done: label and URL name, by request."""


@admin.register(RightsRequest)
class RightsRequestAdmin(PageAdmin):
    """Requests that wait, the most pressing first, then the others. The words are on the page of each, never in the list."""

    about = About(accounts=("account",), subjects=True)
    list_display = ("number", "right", "left", "received_on", "due", "state", "channel")
    list_filter = ("state", "right", "channel")
    search_fields = ("number__exact", "account__identifier__exact")
    search_help_text = "Le numéro de la demande ou l’identifiant du compte"
    tools = (
        ("Saisir une demande", "admin:privacy_rightsrequest_enter", "privacy.add_rightsrequest"),
        ("Indicateurs", "admin:privacy_rightsrequest_figures", "privacy.view_rightsrequest"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RightsRequest]:
        waits = Case(When(state__in=PENDING, then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = super().get_queryset(request).annotate(rank=waits)
        return rows.defer("words_sealed", "answer_sealed").order_by("rank", "due_on", "pk")

    @admin.display(description="reste")
    def left(self, row: RightsRequest) -> SafeString | str:
        if row.state == State.PAUSED:
            return "Pause"
        if not row.is_pending:
            return "–"
        days = (row.due_on - timezone.localdate()).days
        kind = "bad" if days < 0 else "warn" if days < SOON_DAYS else "good"
        return format_html('<span class="tag {}">{} j</span>', kind, days)

    @admin.display(description="échéance", ordering="due_on")
    def due(self, row: RightsRequest) -> str:
        return "suspendue" if row.state == State.PAUSED else short_date(row.due_on)

    def own_pages(self) -> list[OwnPage]:
        at = "<int:request_id>/"
        return [
            ("saisir/", enter_page, "privacy_rightsrequest_enter"),
            ("indicateurs/", figures_page, "privacy_rightsrequest_figures"),
            *((f"{at}{act.address}", page_of(act), act.name) for act in ACTS),
            (f"{at}effacer/", plan_page, "privacy_rightsrequest_plan"),
            (f"{at}conserver/", hold_page, "privacy_rightsrequest_hold"),
            (f"{at}limiter/", set_page, "privacy_rightsrequest_freeze"),
            (f"{at}directives/", write_down_page, "privacy_rightsrequest_directives"),
            (f"{at}reponse.pdf", letter, "privacy_rightsrequest_letter"),
            (f"{at}pieces/<int:upload_id>/", document, "privacy_rightsrequest_document"),
            (f"{at}pieces/<int:upload_id>/<str:step>/", document_step, "privacy_rightsrequest_document_step"),
        ]

    def page(self, request: HttpRequest, row: RightsRequest) -> HttpResponse:
        texts, pauses = texts_of(row), list(row.pauses.select_related("by").order_by("pk"))
        may_act = account_of(request).has_perm(CHANGE) and row.is_pending
        context = {
            "title": row.number,
            "row": row,
            "standing": standing_of(row, pauses),
            "claim": texts.claim,
            "words": texts.words,
            "answer": texts.answer,
            "pauses": pauses,
            "proofs": list(row.proofs.select_related("upload").order_by("pk")),
            "tasks": [
                (task, task_kind(task.kind).label, instruction_of(task), report_of(task))
                for task in row.tasks.select_related("request", "done_by").order_by("pk")
            ],
            "decisions": decisions_of(row),
            "acts": [act for act in ACTS if may_act and act.fits(row)],
            "may_act": may_act,
            "doors": DOORS.get(Right(row.right), ()) if may_act and row.identity != Identity.UNKNOWN else (),
            "quarantined": UploadState.QUARANTINED,
        }
        return TemplateResponse(request, "admin/privacy/rightsrequest/page.html", context)


@admin.register(RightsTask)
class RightsTaskAdmin(PageAdmin):
    """What the services have to do, the oldest first."""

    about = About(accounts=("request__account",))
    list_display = ("number", "label", "created_at", "due", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    list_select_related = ("request",)
    search_fields = ("request__number__exact",)
    search_help_text = "Le numéro de la demande"
    ordering = ("-done_at", "created_at", "pk")

    @admin.display(description="demande")
    def number(self, row: RightsTask) -> str:
        return row.request.number

    @admin.display(description="tâche")
    def label(self, row: RightsTask) -> str:
        return task_kind(row.kind).label

    @admin.display(description="réponse due")
    def due(self, row: RightsTask) -> str:
        return short_date(row.request.due_on)

    def own_pages(self) -> list[OwnPage]:
        return [("<int:task_id>/faite/", finish_page, "privacy_rightstask_finish")]

    def page(self, request: HttpRequest, row: RightsTask) -> HttpResponse:
        return _task_page(request, row, FinishForm())


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: HttpRequest) -> HttpResponseBase:
    """Enter a request that came by e-mail or by post (CGU-8.11)."""
    by = with_right(request, "privacy.add_rightsrequest")
    form = EntryForm(request.POST, request.FILES) if request.method == "POST" else EntryForm()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.enter(
            by=by, right=Right(said["right"]), whom=Whom(said["whom"]), channel=Channel(said["channel"]),
            received_on=said["received_on"], claim=form.claim(), words=said["words"], account=form.account,
            files=said["proofs"],
        )  # fmt: skip
        messages.success(request, f"{row.number}\u00a0: la demande est enregistrée.")
        return redirect("admin:privacy_rightsrequest_change", row.pk)
    return TemplateResponse(
        request, "admin/privacy/rightsrequest/enter.html", {"title": "Saisir une demande", "form": form}
    )


@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """Delays and satisfaction over twelve months (PDP-8.11)."""
    with_right(request, "privacy.view_rightsrequest")
    context = {"title": "Indicateurs des demandes", "figures": figures(timezone.localdate())}
    return TemplateResponse(request, "admin/privacy/rightsrequest/figures.html", context)


@require_safe
def letter(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The answer, to be printed for whoever asked by post."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(RightsRequest, pk=request_id, state=State.ANSWERED)
    return as_attachment(
        HttpResponse(documents.answer_pdf(row, by=by), content_type="application/pdf"), documents.name_of(row)
    )


@require_safe
def document(request: HttpRequest, request_id: int, upload_id: int) -> HttpResponseBase:
    """A proof out of quarantine, as an attachment."""
    return enclosures.download(request, _document(request, request_id, upload_id))


@require_POST
def document_step(request: HttpRequest, request_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a proof. It is destroyed by being checked, and in no other way."""
    upload = _document(request, request_id, upload_id)
    if step != "liberer":
        raise Http404
    enclosures.end_quarantine(request, upload, step)
    return redirect("admin:privacy_rightsrequest_change", request_id)


@require_POST
def finish_page(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """A service says that its task is done."""
    by = with_right(request, TASK)
    row = get_object_or_404(RightsTask.objects.select_related("request"), pk=task_id)
    form = FinishForm(request.POST)
    if form.is_valid():
        try:
            answering.finish_task(by=by, task=row, report=form.cleaned_data["report"])
        except (actions.NotPending, answering.AlreadyThere) as refusal:
            form.add_error(None, REFUSALS[type(refusal)])
        else:
            messages.success(request, "La tâche est faite.")
            return redirect("admin:privacy_rightstask_changelist")
    return _task_page(request, row, form)


def _task_page(request: HttpRequest, row: RightsTask, form: FinishForm) -> TemplateResponse:
    kind = task_kind(row.kind)
    claim = claim_of(row.request)
    context = {
        "title": kind.label,
        "row": row,
        "label": kind.label,
        "person": claim.get("concerned") or claim.get("name", ""),
        "words": words_of(row.request) if kind.shows_words else "",
        "instruction": instruction_of(row),
        "report": report_of(row),
        "form": form,
        "may_act": account_of(request).has_perm(TASK) and row.done_at is None and row.request.is_pending,
    }
    return TemplateResponse(request, "admin/privacy/rightstask/page.html", context)


def _document(request: HttpRequest, request_id: int, upload_id: int) -> Upload:
    with_right(request, CHANGE)
    return get_object_or_404(Upload, pk=upload_id, rights_proof__request=request_id)
