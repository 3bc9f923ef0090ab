"""The queue of requests, by the day of their answer, and the dated rules; each decision is an action of the room."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from members.beneficiaries import covering, deciding
from members.beneficiaries.actions import NotAsked
from members.beneficiaries.models import BeneficiaryRequest, BeneficiaryRule
from members.beneficiaries.queries import all_rules
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.telling import told
from members.beneficiaries.words import Kind, State
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.correspondence.rules import Pace, pace
from portals.documents.models import UploadState
from portals.documents.quarantine import AlreadyDecided
from portals.gestion import enclosures
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.model_admin import GestionAdmin, OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date

DECIDE = "members.change_beneficiaryrequest"
LATENESS = {Pace.LATE: "en retard", Pace.NEAR: "bientôt", Pace.FINE: "dans les temps"}
REFUSALS = {
    NotAsked: "Cette demande n’attend plus de décision.",
    deciding.ProofUnchecked: "Levez d’abord la quarantaine des documents\u202f; il en faut au moins un.",
    covering.PolicyEnded: "Le contrat ne court pas à cette date.",
    covering.AlreadyCovered: "Cette personne est déjà couverte par ce contrat à cette date.",
    covering.NotCovered: "Cette personne n’a pas de couverture à changer.",
    covering.EndsTooEarly: "Cette date vient avant le début de la couverture.",
}


class DecisionForm(forms.Form):
    """What staff answer to a request."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accept", "Accepter"), ("document", "Demander un document"), ("refuse", "Refuser")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    effect_date = HandwrittenDateField(
        label="Date d’effet, si vous acceptez",
        required=False,
        help_text="D’après les justificatifs. Un retrait\u00a0: le dernier jour.",
    )
    words = forms.CharField(
        label="Ce que lira l’adhérent, mot pour mot",
        required=False,
        max_length=1000,
        help_text="Le document attendu, ou la raison du refus et ce qui reste possible. Jamais de détail de santé.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("decision") in {"document", "refuse"} and not answers.get("words", "").strip():
            self.add_error("words", "Écrivez le document attendu, ou la raison du refus.")
        return answers


@admin.register(BeneficiaryRule)
class BeneficiaryRuleAdmin(GestionAdmin):
    """Who may be covered, by plan and by date. A rule that changed is closed, and another begins: the past stays told."""

    about = NOBODY_AT_ALL
    list_display = ("case", "plan", "is_open", "age_limit", "declare_within_days", "valid_from", "valid_to")
    list_filter = ("case", "is_open", "plan")
    list_select_related = ("plan",)
    ordering = ("plan__plan_code", "case", "-valid_from")
    fields = (
        "plan", "case", "is_open", "employee_may_ask", "age_limit", "until", "declare_within_days", "late", "wording",
        "documents", "valid_from", "valid_to",
    )  # fmt: skip


@admin.register(BeneficiaryRequest)
class BeneficiaryRequestAdmin(PageAdmin):
    """Requests by the day of their answer. Nobody's name or situation is in the list: the page of each one has them."""

    about = About(persons=("asked_for", "person"), accounts=("account",))
    list_display = ("number", "kind", "state", "due", "asked_at")
    list_filter = ("state", "kind")
    search_fields = ("number__exact", "account__identifier__exact")
    search_help_text = "Le numéro de la demande ou l’identifiant du compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BeneficiaryRequest]:
        rows = super().get_queryset(request).exclude(state=State.DRAFT).defer("answers_sealed")
        return rows.order_by(F("decided_at").asc(nulls_first=True), "due_on", "pk")

    @admin.display(description="réponse promise", ordering="due_on")
    def due(self, row: BeneficiaryRequest) -> SafeString | str:
        if not row.is_open or row.due_on is None:
            return "–"
        now = pace(row.due_on, timezone.localdate())
        return format_html('<span class="tag {}">{} {}</span>', now.value, short_date(row.due_on), LATENESS[now])

    def own_pages(self) -> list[OwnPage]:
        at = "<int:request_id>/"
        return [
            (f"{at}decider/", decide_page, "members_beneficiaryrequest_decide"),
            (f"{at}documents/<int:upload_id>/", proof, "members_beneficiaryrequest_paper"),
            (f"{at}documents/<int:upload_id>/<str:step>/", proof_step, "members_beneficiaryrequest_paper_step"),
        ]

    def page(self, request: HttpRequest, row: BeneficiaryRequest) -> HttpResponse:
        return _page(request, row, DecisionForm(initial=_initial(row)))


@require_POST
def decide_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Accept, ask for a document, or refuse."""
    row = _row(request, request_id)
    by, form = account_of(request), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        if said["decision"] == "accept":
            deciding.accept(by=by, request=row, effect_date=said["effect_date"])
        elif said["decision"] == "document":
            deciding.ask_for_document(by=by, request=row, words=said["words"])
        else:
            deciding.refuse(by=by, request=row, reason=said["words"])
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _page(request, row, form)
    messages.success(request, f"Demande {row.number}\u00a0: votre décision est enregistrée et l’adhérent est prévenu.")
    return redirect("admin:members_beneficiaryrequest_changelist")


@require_safe
def proof(request: HttpRequest, request_id: int, upload_id: int) -> HttpResponseBase:
    """A document out of quarantine, as an attachment."""
    row = _row(request, request_id)
    return enclosures.download(request, get_object_or_404(row.proofs, pk=upload_id))


@require_POST
def proof_step(request: HttpRequest, request_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good: `medical` says that it was not for this queue."""
    row = _row(request, request_id)
    upload = get_object_or_404(row.proofs, pk=upload_id)
    if step != "medical":
        enclosures.end_quarantine(request, upload, step)
    else:
        try:
            deciding.discard_medical(by=account_of(request), upload=upload)
        except AlreadyDecided:
            messages.error(request, "Ce document n’est plus en quarantaine.")
    return redirect("admin:members_beneficiaryrequest_change", row.pk)


def _row(request: HttpRequest, request_id: int) -> BeneficiaryRequest:
    with_right(request, DECIDE)
    rows = BeneficiaryRequest.objects.exclude(state=State.DRAFT).select_related("account", "policy", "person")
    return get_object_or_404(rows, pk=request_id)


def _initial(row: BeneficiaryRequest) -> dict[str, str]:
    return {"effect_date": row.effect_date.strftime("%d/%m/%Y") if row.effect_date else ""}


def _page(request: HttpRequest, row: BeneficiaryRequest, form: DecisionForm) -> TemplateResponse:
    may_decide = account_of(request).has_perm(DECIDE)
    now = pace(row.due_on if row.is_open else None, timezone.localdate())
    is_new = may_decide and row.kind == Kind.ADD and row.is_open
    context = {
        "title": row.number,
        "row": row,
        "told": told(row, all_rules()) if may_decide else None,
        "known": covering.known_person(row.household_id, answers_of(row)) if is_new else None,
        "steps": list(row.steps.order_by("id")),
        "uploads": list(row.proofs.order_by("id")),
        "quarantined": UploadState.QUARANTINED,
        "pace": now.value,
        "lateness": LATENESS.get(now, ""),
        "form": form,
        "may_decide": may_decide,
    }
    return TemplateResponse(request, "admin/members/beneficiaries/page.html", context)
