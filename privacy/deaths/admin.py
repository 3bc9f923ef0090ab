"""Deaths and their suites: a queue for who verifies, one page a death; the services see their tasks."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access import isolation
from portals.access.entry import account_of
from portals.documents.models import Upload, UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date
from portals.signals import Concerned
from privacy.deaths import declaring
from privacy.deaths.acts import ACTS, CHANGE, CONFIRM, page_of
from privacy.deaths.letters import estate_page, executor_letter
from privacy.deaths.models import PENDING, Death, DeathTask, State, Way
from privacy.deaths.registry import label_of
from privacy.deaths.sealing import ADDRESSEE_PLACE, REPORT_PLACE, claim_of, day_said, unseal
from privacy.deaths.staff_forms import EnterForm
from privacy.deaths.task_pages import decline_page, erase_page, finish_page, handover_page, task_page
from privacy.deaths.verifying import holder_of
from privacy.directives.contents import Content, content_of
from privacy.directives.holders import people_of

ADD = "privacy.add_death"
ABOUT = About(subjects=True)


@admin.register(Death)
class DeathAdmin(PageAdmin):
    """Deaths that wait, the most pressing first. Names are on the page of each, never in the list."""

    about = ABOUT
    list_display = ("number", "state", "way", "received_on", "due")
    list_filter = ("state", "way")
    search_fields = ("number__exact",)
    search_help_text = "Le numéro du dossier"
    tools = (("Saisir un décès", "admin:privacy_death_enter", ADD),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Death]:
        return super().get_queryset(request).defer("claim_sealed").order_by("due_on", "pk")

    @admin.display(description="à traiter avant le", ordering="due_on")
    def due(self, row: Death) -> str:
        return short_date(row.due_on) if row.is_pending else "–"

    def own_pages(self) -> list[OwnPage]:
        at = "<int:death_id>/"
        return [
            ("saisir/", enter_page, "privacy_death_enter"),
            *((f"{at}{act.address}", page_of(act), act.name) for act in ACTS),
            (f"{at}succession/", estate_page, "privacy_death_estate"),
            (f"{at}executeur.pdf", executor_letter, "privacy_death_executor"),
            (f"{at}pieces/<int:upload_id>/", document, "privacy_death_document"),
            (f"{at}pieces/<int:upload_id>/<str:step>/", document_step, "privacy_death_document_step"),
        ]

    def page(self, request: HttpRequest, row: Death) -> HttpResponse:
        by = account_of(request)
        with (
            isolation.system()
        ):  # what is sealed, of a file that this right opens; directives are in nobody else's sight
            context = {
                "title": row.number,
                "row": row,
                "claim": claim_of(row),
                "days": {name: day for name in ("birth_date", "died_on") if (day := day_said(row, name))},
                "person": people_of(row.space).name_of(holder_of(row).subject_id) if row.subject_id else "",
                "content": _directives(row) if by.has_perm(CONFIRM) else None,
                "days_left": (row.due_on - timezone.localdate()).days,
                "proofs": list(row.proofs.select_related("upload").order_by("pk")),
                "tasks": [
                    (task, label_of(task.kind), unseal(row, REPORT_PLACE, task.report_sealed))
                    for task in row.tasks.select_related("done_by", "erasure").order_by("pk")
                ],
                "letters": [
                    (letter, unseal(row, ADDRESSEE_PLACE, letter.addressee_sealed).splitlines()[0])
                    for letter in row.letters.select_related("made_by").order_by("pk")
                ],
                "acts": [act for act in ACTS if by.has_perm(act.right) and act.fits(row)],
                "may_write": by.has_perm(CHANGE) and row.state in {State.CONFIRMED, State.SETTLED},
                "may_act": by.has_perm(CHANGE) and row.state in PENDING,
                "quarantined": UploadState.QUARANTINED,
            }
        return TemplateResponse(request, "admin/privacy/death/page.html", context)


@admin.register(DeathTask)
class DeathTaskAdmin(PageAdmin):
    """What the services have to do after a death, the oldest first."""

    about = About(persons=("death__subject_id",))
    list_display = ("number", "label", "created_at", "due", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    list_select_related = ("death",)
    search_fields = ("death__number__exact",)
    search_help_text = "Le numéro du dossier"
    ordering = ("-done_at", "created_at", "pk")

    def concerned_by(self, keys: Collection[Any]) -> Concerned:
        """Of whoever died, whatever the space numbers."""
        deaths = DeathTask.objects.filter(pk__in=keys).values_list("death", flat=True)
        return ABOUT.of(Death, list(deaths))

    @admin.display(description="dossier")
    def number(self, row: DeathTask) -> str:
        return row.death.number

    @admin.display(description="tâche")
    def label(self, row: DeathTask) -> str:
        return label_of(row.kind)

    @admin.display(description="à traiter avant le")
    def due(self, row: DeathTask) -> str:
        return short_date(row.death.due_on)

    def own_pages(self) -> list[OwnPage]:
        at = "<int:task_id>/"
        return [
            (f"{at}faite/", finish_page, "privacy_deathtask_finish"),
            (f"{at}effacer/", erase_page, "privacy_deathtask_erase"),
            (f"{at}remettre/", handover_page, "privacy_deathtask_handover"),
            (f"{at}impossible/", decline_page, "privacy_deathtask_decline"),
        ]

    def page(self, request: HttpRequest, row: DeathTask) -> HttpResponse:
        return task_page(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: HttpRequest) -> HttpResponseBase:
    """Enter a death told by a letter or a call."""
    by = with_right(request, ADD)
    form = EnterForm(request.POST, request.FILES) if request.method == "POST" else EnterForm()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = declaring.enter(
            by=by, way=Way(said["way"]), claim=form.claim(), received_on=said["received_on"], files=said["proofs"]
        )
        messages.success(request, f"{row.number}\u00a0: la déclaration est enregistrée.")
        return redirect("admin:privacy_death_change", row.pk)
    return TemplateResponse(request, "admin/privacy/death/enter.html", {"title": "Saisir un décès", "form": form})


@require_safe
def document(request: HttpRequest, death_id: int, upload_id: int) -> HttpResponseBase:
    """A proof out of quarantine, as an attachment."""
    return enclosures.download(request, _document(request, death_id, upload_id))


@require_POST
def document_step(request: HttpRequest, death_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a proof; it is destroyed by the verification, and in no other way."""
    upload = _document(request, death_id, upload_id)
    if step != "liberer":
        raise Http404
    enclosures.end_quarantine(request, upload, step)
    return redirect("admin:privacy_death_change", death_id)


def _document(request: HttpRequest, death_id: int, upload_id: int) -> Upload:
    with_right(request, CHANGE)
    return get_object_or_404(Upload, pk=upload_id, death_proof__death=death_id)


def _directives(row: Death) -> Content | None:
    """What was decided, once the death is confirmed."""
    is_known = row.state in {State.CONFIRMED, State.SETTLED}
    return content_of(row.directives) if is_known and row.directives else None
