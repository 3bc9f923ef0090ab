"""The pages of a task: saying that it is done; ordering the erasure; handing over; saying why it cannot be."""

import hashlib
import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portals.access import isolation
from portals.access.entry import account_of
from portals.accounts.security.step_up import step_up_required
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.deaths import working
from privacy.deaths.acts import CONFIRM
from privacy.deaths.models import DeathTask, State
from privacy.deaths.registry import label_of
from privacy.deaths.sealing import REPORT_PLACE, unseal
from privacy.deaths.staff_forms import DeclineForm, HandoverForm, ReportForm
from privacy.deaths.verifying import holder_of
from privacy.deaths.words import COMMUNICATE, ERASE
from privacy.directives.contents import Contact, content_of
from privacy.directives.holders import people_of
from privacy.directives.rules import KINDS
from privacy.erasure import actions as erasing
from privacy.erasure.forms import OrderForm
from privacy.erasure.planning import plan_for

FINISH = "privacy.change_deathtask"
NOT_OPEN = "Cette tâche est faite, ou son dossier a changé\u00a0: relisez-le."


def task_page(request: HttpRequest, row: DeathTask, form: ReportForm | None = None) -> TemplateResponse:
    """What is to be done, for whom, and the way to do it."""
    by = account_of(request)
    is_open = row.done_at is None and row.death.state == State.CONFIRMED
    is_officers = row.kind in working.NOT_BY_HAND
    with isolation.system():  # a name and a report, of a task that this right opens
        context = {
            "title": label_of(row.kind),
            "row": row,
            "label": label_of(row.kind),
            "person": people_of(row.death.space).name_of(holder_of(row.death).subject_id),
            "kinds": [KINDS.get(kind, kind) for kind in row.kinds],
            "report": unseal(row.death, REPORT_PLACE, row.report_sealed),
            "form": form or ReportForm(),
            "may_finish": is_open and not is_officers and by.has_perm(FINISH),
            "may_erase": is_open and row.kind == ERASE and by.has_perm(CONFIRM),
            "may_hand": is_open and row.kind == COMMUNICATE and by.has_perm(CONFIRM),
            "may_decline": is_open and is_officers and by.has_perm(CONFIRM),
        }
    return TemplateResponse(request, "admin/privacy/death/task.html", context)


@require_POST
def finish_page(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """A service says that its task is done."""
    by = with_right(request, FINISH)
    row = _task(task_id)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            working.finish(by=by, task=row, report=form.cleaned_data["report"])
        except working.NotOpen:
            form.add_error(None, NOT_OPEN)
        else:
            messages.success(request, "La tâche est faite.")
            return redirect("admin:privacy_deathtask_changelist")
    return task_page(request, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def erase_page(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """The plan of what the directives ask to erase, holds and legal delays included; the order, once it is read."""
    by = with_right(request, CONFIRM)
    row = _task(task_id, ERASE)
    with isolation.system():
        plan = plan_for(working.target_of(row.death), timezone.localdate(), row.kinds)
    shown = erasing.stored(plan)
    mark = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"fingerprint": mark})
    if request.method == "POST" and form.is_valid():
        try:
            # What was read is compared with what would be done: another mark is another plan.
            read = shown if form.cleaned_data["fingerprint"] == mark else []
            erasure = working.order_erasure(by=by, task=row, shown=read)
        except erasing.PlanChanged:
            form = OrderForm(initial={"fingerprint": mark})
            messages.warning(request, "Le plan a changé depuis que vous l’avez lu\u00a0: relisez-le.")
        except erasing.AlreadyOrdered:
            form.add_error(None, "Un effacement de cette personne attend déjà d’être fait.")
        except working.StillCovered:
            form.add_error(None, "La couverture court encore\u00a0: faites-la d’abord radier à la date du décès.")
        except working.NotOpen:
            form.add_error(None, NOT_OPEN)
        else:
            messages.success(request, "L’effacement est ordonné. Il se fait dans la minute.")
            return redirect("admin:privacy_erasure_change", erasure.pk)
    if request.method != "POST":
        record("erasure.planned", by=by, object_kind="deathtask", object_id=row.pk)
    context = {
        "title": label_of(ERASE),
        "row": row,
        "plan": plan,
        "form": form,
        "kinds": [KINDS[one] for one in row.kinds],
    }
    return TemplateResponse(request, "admin/privacy/death/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def handover_page(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """Give the link of single use to the person named, once it is known who they are."""
    by = with_right(request, CONFIRM)
    row = _task(task_id, COMMUNICATE)
    with isolation.system():  # directives are in nobody else's sight
        content = content_of(row.death.directives) if row.death.directives else None
    recipient = content.recipient if content else Contact()
    form = HandoverForm(request.POST if request.method == "POST" else None, initial={"address": recipient.email})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            working.hand_over(by=by, task=row, address=said["address"], identity=said["identity"])
        except working.NotOpen:
            form.add_error(None, NOT_OPEN)
        else:
            messages.success(request, "Le lien est parti. Il sert une seule fois, pendant quatorze jours.")
            return redirect("admin:privacy_deathtask_change", row.pk)
    context = {
        "title": label_of(COMMUNICATE), "row": row, "form": form, "recipient": recipient,
        "kinds": [KINDS[one] for one in row.kinds],
        "given": row.handovers.order_by("-pk").first(),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/death/handover.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decline_page(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """What was asked for cannot be done, and why."""
    by = with_right(request, CONFIRM)
    row = _task(task_id)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            working.decline(by=by, task=row, reason=form.cleaned_data["reason"])
        except working.NotOpen:
            form.add_error(None, NOT_OPEN)
        else:
            messages.success(request, "La raison est notée, la tâche est close.")
            return redirect("admin:privacy_deathtask_change", row.pk)
    context = {"title": label_of(row.kind), "row": row, "form": form, "label": label_of(row.kind)}
    return TemplateResponse(request, "admin/privacy/death/decline.html", context)


def _task(task_id: int, kind: str = "") -> DeathTask:
    row = get_object_or_404(DeathTask.objects.select_related("death"), pk=task_id)
    if kind and row.kind != kind:
        raise Http404
    return row
