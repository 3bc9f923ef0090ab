"""Assessments, the switch of sensitive processings, risks and the action plan: written by the DPO alone."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage
from portals.gestion.permissions import with_right
from privacy.register.assessments.actions import (
    AlreadyDecided,
    AlreadySo,
    NotAssessed,
    NotSensitive,
    decide,
    switch_off,
    switch_on,
)
from privacy.register.assessments.models import ImpactAssessment, Outcome, PlannedMeasure, Risk
from privacy.register.assessments.rules import LEVELS, RANKS, matrix
from privacy.register.declared import processing_of
from privacy.register.fields import DayField, named
from privacy.register.running import may_run

CHANGE = "privacy.change_impactassessment"


class DecisionForm(forms.Form):
    """The DPO's opinion and the outcome; a validated assessment says when it is looked at again."""

    outcome = forms.ChoiceField(
        label="Issue", choices=[("", "Choisissez"), *[c for c in Outcome.choices if c[0] != Outcome.DRAFT]]
    )
    opinion = forms.CharField(label="Avis du DPO", widget=forms.Textarea(attrs={"rows": 6}))
    review_on = DayField("À revoir le, si elle est validée", required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("outcome") == Outcome.VALIDATED and not answers.get("review_on"):
            self.add_error("review_on", "Une analyse validée dit quand elle sera revue.")
        return answers


class StopForm(forms.Form):
    reason = forms.CharField(label="Raison de l’arrêt", max_length=200)


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(GestionAdmin):
    """Written as long as it is not decided; decided, it is only read."""

    about = NOBODY_AT_ALL
    list_display = ("title", "processing", "outcome", "opinion_due_on", "review_on")
    list_filter = ("outcome", "processing")
    ordering = ("opinion_due_on", "review_on", "pk")
    change_form_template = "admin/privacy/assessment.html"
    readonly_fields = ("opinion", "outcome", "decided_at", "review_on")

    def has_change_permission(self, request: HttpRequest, obj: ImpactAssessment | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.outcome == Outcome.DRAFT)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("<int:assessment_id>/decider/", decide_page, "privacy_impactassessment_decide"),
            ("<int:assessment_id>/mettre-en-service/", switch_on_page, "privacy_impactassessment_on"),
            ("<int:assessment_id>/arreter/", switch_off_page, "privacy_impactassessment_off"),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        more = {"state": _state(request, row)} if isinstance(row, ImpactAssessment) else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})


def _state(request: HttpRequest, row: ImpactAssessment) -> dict[str, object]:
    """What may be done from the page of an assessment."""
    processing = processing_of(row.processing)
    runs = processing.sensitive and may_run(row.processing)
    may = account_of(request).has_perm(CHANGE)
    return {
        "is_sensitive": processing.sensitive,
        "runs": runs,
        "may_decide": may and row.outcome == Outcome.DRAFT,
        "may_start": may and processing.sensitive and not runs and row.outcome == Outcome.VALIDATED,
        "may_stop": may and runs,
        "stop": StopForm(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def decide_page(request: HttpRequest, assessment_id: int) -> HttpResponseBase:
    """Give the opinion and the outcome."""
    by, row = with_right(request, CHANGE), get_object_or_404(ImpactAssessment, pk=assessment_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decide(
                by=by,
                assessment=row,
                outcome=Outcome(said["outcome"]),
                opinion=said["opinion"],
                review_on=said["review_on"],
            )
        except AlreadyDecided:
            form.add_error(None, "Cette analyse est décidée\u00a0: faites-en une nouvelle.")
        else:
            messages.success(request, "L’avis et l’issue sont enregistrés.")
            return redirect("admin:privacy_impactassessment_change", row.pk)
    context = {"title": "Décider d’une analyse d’impact", "row": row, "form": form}
    return TemplateResponse(request, "admin/privacy/decide.html", context)


@require_POST
def switch_on_page(request: HttpRequest, assessment_id: int) -> HttpResponseBase:
    """Put the processing into service."""
    by, row = with_right(request, CHANGE), get_object_or_404(ImpactAssessment, pk=assessment_id)
    try:
        switch_on(by=by, assessment=row)
    except NotAssessed:
        messages.error(request, "Sans analyse d’impact validée, ce traitement ne peut pas être mis en service.")
    except (AlreadySo, NotSensitive):
        messages.error(request, "Ce traitement est déjà en service.")
    else:
        messages.success(request, "Le traitement est en service.")
    return redirect("admin:privacy_impactassessment_change", row.pk)


@require_POST
def switch_off_page(request: HttpRequest, assessment_id: int) -> HttpResponseBase:
    """Stop the processing at once."""
    by, row = with_right(request, CHANGE), get_object_or_404(ImpactAssessment, pk=assessment_id)
    form = StopForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dites pourquoi le traitement s’arrête.")
        return redirect("admin:privacy_impactassessment_change", row.pk)
    try:
        switch_off(by=by, code=row.processing, reason=form.cleaned_data["reason"])
    except AlreadySo:
        messages.error(request, "Ce traitement ne fonctionnait pas.")
    else:
        messages.success(request, "Le traitement est arrêté.")
    return redirect("admin:privacy_impactassessment_change", row.pk)


@admin.register(Risk)
class RiskAdmin(GestionAdmin):
    """Risks, the gravest first, with their matrix."""

    about = NOBODY_AT_ALL
    list_display = ("title", "processing", "likelihood", "severity", "ranked")
    list_filter = ("kind", "processing", ("closed_on", admin.EmptyFieldListFilter))
    ordering = ("-severity", "-likelihood", "pk")
    change_list_template = "admin/privacy/risks.html"
    tools = (("Plan d’action", "admin:privacy_plannedmeasure_changelist", "privacy.view_plannedmeasure"),)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return named(field, lambda assessment: assessment.title)

    @admin.display(description="niveau")
    def ranked(self, risk: Risk) -> str:
        return RANKS[risk.rank]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        levels = Risk.objects.filter(closed_on=None).values_list("likelihood", "severity")
        more = {"matrix": matrix(levels), "levels": LEVELS} if self.has_view_permission(request) else {}
        return super().changelist_view(request, {**(extra_context or {}), **more})


@admin.register(PlannedMeasure)
class PlannedMeasureAdmin(GestionAdmin):
    """The action plan: what is not done, by its day."""

    about = NOBODY_AT_ALL
    list_display = ("what", "risk_title", "owner", "due_on", "done_on")
    list_filter = (("done_on", admin.EmptyFieldListFilter),)
    list_select_related = ("risk",)
    ordering = ("done_on", "due_on", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return named(field, lambda risk: risk.title)

    @admin.display(description="risque")
    def risk_title(self, measure: PlannedMeasure) -> str:
        return measure.risk.title
