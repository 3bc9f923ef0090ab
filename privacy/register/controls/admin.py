"""The control plan: what is due, the results with their evidence, and what the tests say of each commitment."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.register.controls.actions import record_result
from privacy.register.controls.commitments import plan
from privacy.register.controls.models import Control, ControlResult, Finding
from privacy.register.controls.security import security_controls
from privacy.register.fields import DayField, EvidenceField, ProcessingsField

VIEW, CHANGE = "privacy.view_control", "privacy.change_control"


class ControlForm(forms.ModelForm):
    processings = ProcessingsField()

    class Meta:
        model = Control
        fields = ("title", "kind", "processings", "method", "owner", "months", "due_on", "ended_on")


class ResultForm(forms.Form):
    """What a control found."""

    done_on = DayField("Fait le")
    finding = forms.ChoiceField(label="Constat", choices=[("", "Choisissez"), *Finding.choices])
    words = forms.CharField(label="Observations", widget=forms.Textarea(attrs={"rows": 4}))
    evidence = EvidenceField()

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day


@admin.register(Control)
class ControlAdmin(GestionAdmin):
    """Permanent controls and audits, what is due first."""

    about = NOBODY_AT_ALL
    form = ControlForm
    list_display = ("title", "kind", "owner", "months", "due_on", "overdue")
    list_filter = ("kind", ("ended_on", admin.EmptyFieldListFilter))
    ordering = ("ended_on", "due_on", "pk")
    change_form_template = "admin/privacy/control.html"
    tools = (
        ("Les engagements et leurs tests", "admin:privacy_control_commitments", VIEW),
        ("Les mesures de sécurité (ISO 27002)", "admin:privacy_control_security", VIEW),
    )

    def own_pages(self) -> list[OwnPage]:
        return [
            ("engagements/", commitments_page, "privacy_control_commitments"),
            ("securite/", security_page, "privacy_control_security"),
            ("<int:control_id>/resultat/", result_page, "privacy_control_result"),
            ("<int:control_id>/preuves/<int:result_id>/", evidence_page, "privacy_control_evidence"),
        ]

    @admin.display(description="retard")
    def overdue(self, control: Control) -> str:
        late = (timezone.localdate() - control.due_on).days if control.ended_on is None else 0
        return f"{late}\u00a0jour{'s' if late > 1 else ''} de retard" if late > 0 else "–"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        results = row.results.select_related("evidence") if isinstance(row, Control) else ()
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "results": results})


@require_http_methods(["GET", "HEAD", "POST"])
def result_page(request: HttpRequest, control_id: int) -> HttpResponseBase:
    """Record what a control found, with its evidence."""
    by, row = with_right(request, CHANGE), get_object_or_404(Control, pk=control_id)
    posted = request.method == "POST"
    form = ResultForm(request.POST, request.FILES) if posted else ResultForm()
    if posted and form.is_valid():
        said = form.cleaned_data
        record_result(
            by=by, control=row, done_on=said["done_on"], finding=Finding(said["finding"]), words=said["words"],
            evidence=said["evidence"],
        )  # fmt: skip
        messages.success(request, "Le résultat est noté, la prochaine échéance est fixée.")
        return redirect("admin:privacy_control_change", row.pk)
    context = {"title": "Résultat d’un contrôle", "row": row, "form": form}
    return TemplateResponse(request, "admin/privacy/result.html", context)


@require_safe
def evidence_page(request: HttpRequest, control_id: int, result_id: int) -> HttpResponseBase:
    """The evidence of a result, as an attachment."""
    by = with_right(request, VIEW)
    result = get_object_or_404(ControlResult.objects.select_related("evidence"), pk=result_id, control=control_id)
    if result.evidence is None:
        raise Http404
    record("control.evidence_read", by=by, object_kind="controlresult", object_id=result.pk)
    with result.evidence.file.open("rb") as opened:  # ten megabytes at most
        answer = HttpResponse(opened.read(), content_type=result.evidence.content_type)
    return as_attachment(answer, f"preuve-{result.pk}.pdf")


@require_safe
def commitments_page(request: HttpRequest) -> HttpResponse:
    """Every clause with the tests that hold it and their last result."""
    by = with_right(request, VIEW)
    record("commitments.consulted", by=by)
    return TemplateResponse(request, "admin/privacy/commitments.html", {"title": "Les engagements", "plan": plan()})


@require_safe
def security_page(request: HttpRequest) -> HttpResponse:
    """The controls of ISO/IEC 27002 with the tests that hold them."""
    record("security_controls.consulted", by=with_right(request, VIEW))
    context = {"title": "Les mesures de sécurité", "controls": security_controls()}
    return TemplateResponse(request, "admin/privacy/security.html", context)
