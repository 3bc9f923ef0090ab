"""Retention, for the data protection officer: the rules, what each run did, a run to ask for, and the switches."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.retention import documents, stopping
from privacy.retention.forms import AskForm, StopForm
from privacy.retention.models import RetentionRun, RetentionSwitch
from privacy.retention.queries import standing, told
from privacy.retention.registry import NoRule, rule_of
from privacy.retention.running import ask

VIEW, ASK = "privacy.view_retentionrun", "privacy.add_retentionrun"
STOP, RESUME = "privacy.add_retentionswitch", "privacy.change_retentionswitch"
RULES = "admin:privacy_retentionrun_rules"


@admin.register(RetentionRun)
class RetentionRunAdmin(PageAdmin):
    """The runs, night after night; beside them the rules."""

    about = NOBODY_AT_ALL
    list_display = ("day", "way", "state", "asked_at", "ended_at")
    list_filter = ("is_dry", "state")
    ordering = ("-id",)
    tools = (("Les règles", RULES, VIEW), ("Demander un passage", "admin:privacy_retentionrun_ask", ASK))

    @admin.display(description="mode", ordering="is_dry")
    def way(self, run: RetentionRun) -> str:
        return "à blanc" if run.is_dry else "pour de bon"

    def own_pages(self) -> list[OwnPage]:
        return [
            ("regles/", rules_page, "privacy_retentionrun_rules"),
            ("demander/", ask_page, "privacy_retentionrun_ask"),
            ("arreter/", stop_page, "privacy_retentionrun_stop"),
            ("<int:run_id>/compte-rendu.csv", csv_page, "privacy_retentionrun_csv"),
            ("<int:run_id>/compte-rendu.pdf", pdf_page, "privacy_retentionrun_pdf"),
        ]

    def page(self, request: HttpRequest, row: RetentionRun) -> HttpResponse:
        lines = told(row)
        did = [line for line in lines if line.report.due or line.report.archived or line.report.warned]
        context = {"title": "Passage de la conservation", "row": row, "lines": did, "quiet": len(lines) - len(did)}
        return TemplateResponse(request, "admin/privacy/retention/run.html", context)


@admin.register(RetentionSwitch)
class RetentionSwitchAdmin(PageAdmin):
    """What was stopped, by whom, why, and until when."""

    about = NOBODY_AT_ALL
    list_display = ("set_at", "what", "who", "lifted_at")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("set_by",)
    ordering = ("-id",)

    @admin.display(description="règle", ordering="rule")
    def what(self, switch: RetentionSwitch) -> str:
        return _name(switch.rule)

    @admin.display(description="arrêtée par")
    def who(self, switch: RetentionSwitch) -> str:
        return switch.set_by.display_name

    def own_pages(self) -> list[OwnPage]:
        return [("<int:switch_id>/reprendre/", resume_page, "privacy_retentionswitch_resume")]

    def page(self, request: HttpRequest, row: RetentionSwitch) -> HttpResponse:
        may_resume = row.lifted_at is None and account_of(request).has_perm(RESUME)
        context = {"title": "Conservation arrêtée", "row": row, "name": _name(row.rule), "may_resume": may_resume}
        return TemplateResponse(request, "admin/privacy/retention/switch.html", context)


@require_safe
def rules_page(request: HttpRequest) -> HttpResponseBase:
    """Every rule, its source, what it did last and when it acts next."""
    by = with_right(request, VIEW)
    lines = standing()
    context: dict[str, Any] = {
        "title": "Durées de conservation", "lines": lines, "every": lines[0].every, "may_stop": by.has_perm(STOP),
        "may_ask": by.has_perm(ASK),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/retention/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def ask_page(request: HttpRequest) -> HttpResponseBase:
    """Ask for a run, dry unless the other way is chosen."""
    by = with_right(request, ASK)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            is_dry = form.cleaned_data["way"] == "dry"
            run = ask(day=timezone.localdate(), is_dry=is_dry, asked_by_id=by.pk)
            record(
                "retention.asked", by=by, object_kind="retention_run", object_id=run.pk, details={"dry": int(is_dry)}
            )
        messages.success(request, "Le passage est demandé. Il commence dans la minute.")
        return redirect("admin:privacy_retentionrun_change", run.pk)
    return _ask(
        request, form, title="Demander un passage", sentence="Appliquer les durées <b>aujourd’hui</b>",
        why="À blanc, tout est fait puis repris\u00a0: le compte rendu dit ce qui partirait. Pour de bon, rien ne revient.",
        button="Demander le passage",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest) -> HttpResponseBase:
    """Stop one rule (`?regle=`), or every one, from the next batch on."""
    by = with_right(request, STOP)
    code = request.GET.get("regle", stopping.EVERY)
    if code != stopping.EVERY:
        try:
            rule_of(code)
        except NoRule:
            raise Http404 from None
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stopping.stop(by=by, rule=code, reason=form.cleaned_data["reason"])
        except stopping.AlreadyStopped:
            messages.warning(request, "Cette règle est déjà arrêtée.")
        else:
            messages.success(request, "La conservation est arrêtée, dès le prochain lot.")
        return redirect(RULES)
    return _ask(
        request, form, title="Arrêter la conservation", sentence=f"Arrêter <b>{_name(code).lower()}</b>",
        why="Un passage en cours s’arrête au prochain lot\u202f; ce qui est déjà parti ne revient pas.", button="Arrêter",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def resume_page(request: HttpRequest, switch_id: int) -> HttpResponseBase:
    """Let a rule act again."""
    from django import forms

    by = with_right(request, RESUME)
    row = get_object_or_404(RetentionSwitch, pk=switch_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stopping.resume(by=by, switch=row)
        except stopping.NotStopped:
            messages.warning(request, "Elle a déjà repris.")
        else:
            messages.success(request, "La conservation reprend au prochain passage.")
        return redirect("admin:privacy_retentionswitch_change", row.pk)
    return _ask(
        request, form, title="Reprendre la conservation", sentence=f"Reprendre <b>{_name(row.rule).lower()}</b>",
        why="Ce qui est échu part au prochain passage.", button="Reprendre",
    )  # fmt: skip


@require_safe
def csv_page(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The report for a spreadsheet."""
    run = _exported(request, run_id)
    answer = HttpResponse(documents.report_csv(run), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, f"conservation-{run.day}-{run.pk}.csv")


@require_safe
def pdf_page(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """The report on A4."""
    run = _exported(request, run_id)
    answer = HttpResponse(documents.report_pdf(run, by=account_of(request)), content_type="application/pdf")
    return as_attachment(answer, f"conservation-{run.day}-{run.pk}.pdf")


def _exported(request: HttpRequest, run_id: int) -> RetentionRun:
    by = with_right(request, VIEW)
    run = get_object_or_404(RetentionRun, pk=run_id)
    record("retention.exported", by=by, object_kind="retention_run", object_id=run.pk)
    return run


def _name(code: str) -> str:
    """What is stopped, in words."""
    if code == stopping.EVERY:
        return "Toutes les règles"
    try:
        return rule_of(code).label
    except NoRule:
        return code


def _ask(request: HttpRequest, form: Any, **words: str) -> TemplateResponse:
    context = {"form": form, "back": reverse(RULES), **words}
    return TemplateResponse(request, "admin/privacy/retention/ask.html", context)
