"""Erasures and holds, for the data protection officer: a plan that is read, an order, and what was done."""

import hashlib
import json

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portals.access import isolation
from portals.access.entry import account_of
from portals.accounts.models import Space
from portals.accounts.security.step_up import step_up_required
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.erasure import actions
from privacy.erasure.forms import HoldForm, OrderForm
from privacy.erasure.models import Erasure, LegalHold
from privacy.erasure.planning import Line, Plan, plan_for
from privacy.erasure.registry import Target, answers_of
from privacy.rights.models import Identity, RightsRequest

ORDER, HOLD, RELEASE = "privacy.add_erasure", "privacy.add_legalhold", "privacy.change_legalhold"


@admin.register(Erasure)
class ErasureAdmin(PageAdmin):
    """What was ordered and what became of it. Of whom it was, numbers remain."""

    about = About(subjects=True)
    list_display = ("ordered_at", "space", "subject_id", "request_number", "state", "done_at")
    list_filter = ("state", "space")
    search_fields = ("request_number__exact",)
    search_help_text = "Le numéro de la demande"
    ordering = ("-id",)

    def page(self, request: HttpRequest, row: Erasure) -> HttpResponse:
        plan = Plan(
            tuple(Line(**{**line, "emptied": tuple(line["emptied"]), "kept": tuple(line["kept"])}) for line in row.plan)
        )
        context = {"title": "Effacement", "row": row, "plan": plan, "steps": list(row.steps.order_by("pk"))}
        return TemplateResponse(request, "admin/privacy/erasure/page.html", context)


@admin.register(LegalHold)
class LegalHoldAdmin(PageAdmin):
    """What a dispute or an inquiry keeps."""

    about = About(subjects=True)
    list_display = ("set_at", "space", "subject_id", "case_reference", "until", "lifted_at")
    list_filter = ("space", ("lifted_at", admin.EmptyFieldListFilter))
    ordering = ("-id",)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("<int:hold_id>/lever/", release_page, "privacy_legalhold_release"),
        ]

    def page(self, request: HttpRequest, row: LegalHold) -> HttpResponse:
        may_lift = row.lifted_at is None and not row.case_reference and account_of(request).has_perm(RELEASE)
        context = {"title": "Conservation pour litige", "row": row, "may_lift": may_lift}
        return TemplateResponse(request, "admin/privacy/legalhold/page.html", context)


def target_of(row: RightsRequest) -> Target:
    """Of whom a request is: a person of the member space, or the account that asks. Raises Http404 while nobody is known."""
    if row.identity == Identity.UNKNOWN or not row.is_pending:
        raise Http404
    number = row.subject_id if row.space == Space.MEMBER else row.account_id
    if number is None:
        raise Http404
    with isolation.system():
        return answers_of(row.space).find(number, row.tenant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def plan_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """The plan of the erasure that a request asks for; the order, once it is read (PDP-8.3)."""
    by = with_right(request, ORDER)
    row = get_object_or_404(RightsRequest, pk=request_id)
    target = target_of(row)
    with isolation.system():
        plan = plan_for(target, timezone.localdate())
        waits = actions.is_waiting(target)
    shown = actions.stored(plan)
    mark = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"fingerprint": mark})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["fingerprint"] != mark:
            form = OrderForm(initial={"fingerprint": mark})
            messages.warning(request, "Le plan a changé depuis que vous l’avez lu\u00a0: relisez-le.")
        else:
            try:
                erasure = actions.order(by=by, target=target, shown=shown, request_number=row.number)
            except actions.AlreadyOrdered:
                messages.warning(request, "Cet effacement est déjà ordonné.")
            else:
                messages.success(request, "L’effacement est ordonné. Il se fait dans la minute.")
                return redirect("admin:privacy_erasure_change", erasure.pk)
    if request.method != "POST":
        record("erasure.planned", by=by, object_kind="rightsrequest", object_id=row.pk)
    context = {"title": "Plan d’effacement", "row": row, "plan": plan, "form": form, "waits": waits}
    return TemplateResponse(request, "admin/privacy/erasure/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hold_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Keep what the law would let go of."""
    by = with_right(request, HOLD)
    row = get_object_or_404(RightsRequest, pk=request_id)
    target = target_of(row)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = actions.hold(by=by, target=target, reason=form.cleaned_data["reason"], until=form.cleaned_data["until"])
        messages.success(request, "Ces données sont conservées jusqu’au jour dit.")
        return redirect("admin:privacy_legalhold_change", kept.pk)
    return _ask(
        request, form, title="Conserver pour un litige", sentence="Conserver ces données <b>pour un litige</b>",
        why="L’effacement laissera ce que la preuve demande, jusqu’à ce jour (RGPD, article 17.3.e).",
        button="Conserver", back=reverse("admin:privacy_rightsrequest_change", args=[row.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def release_page(request: HttpRequest, hold_id: int) -> HttpResponseBase:
    """Lift a hold before its day; that of a file is lifted in the file."""
    by = with_right(request, RELEASE)
    kept = get_object_or_404(LegalHold, pk=hold_id, case_reference="")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.release(by=by, legal_hold=kept)
        except actions.NotStanding:
            messages.warning(request, "Cette conservation est déjà levée.")
        else:
            messages.success(request, "La conservation est levée.")
        return redirect("admin:privacy_legalhold_change", kept.pk)
    return _ask(
        request, form, title="Lever la conservation", sentence="Lever <b>la conservation</b>",
        why="Un effacement demandé ne s’arrêtera plus à ces données.",
        button="Lever", back=reverse("admin:privacy_legalhold_change", args=[kept.pk]),
    )  # fmt: skip


def _ask(request: HttpRequest, form: forms.Form, **words: str) -> TemplateResponse:
    return TemplateResponse(request, "admin/privacy/legalhold/ask.html", {"form": form, **words})
