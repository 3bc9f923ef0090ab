"""The queue of proofs of unemployment, by the day of their answer; portabilities and offers, to read."""

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

from members.portability import deciding
from members.portability.models import IndividualOffer, UnemploymentProof
from members.portability.words import OfferState
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.correspondence.rules import Pace, pace
from portals.documents.models import UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date

DECIDE = "members.change_unemploymentproof"
LATENESS = {Pace.LATE: "en retard", Pace.NEAR: "bientôt", Pace.FINE: "dans les temps"}
REFUSALS = {
    deciding.NotAsked: "Ce justificatif n’attend plus de décision.",
    deciding.ProofUnchecked: "Levez d’abord la quarantaine des documents\u202f; il en faut au moins un.",
}


class DecisionForm(forms.Form):
    """What staff answer to a proof."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accept", "Accepter"), ("document", "Demander un document"), ("refuse", "Refuser")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    proved_until = HandwrittenDateField(
        label="Allocations prouvées jusqu’au, si vous acceptez",
        required=False,
        help_text="Vide\u00a0: six mois, ou la fin de la portabilité si elle vient avant.",
    )
    words = forms.CharField(
        label="Ce que lira l’adhérent, mot pour mot",
        required=False,
        max_length=1000,
        help_text="Le document attendu, ou la raison du refus. Jamais de détail de santé.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("decision") in {"document", "refuse"} and not said.get("words", "").strip():
            self.add_error("words", "Écrivez le document attendu, ou la raison du refus.")
        return said


@admin.register(UnemploymentProof)
class UnemploymentProofAdmin(PageAdmin):
    """Proofs by the day of their answer. Nobody's name is in the list: the page of each one has it."""

    about = About(persons=("portability__person",), accounts=("account",))
    list_display = ("reference", "state", "due", "sent_at")
    list_filter = ("state",)
    list_select_related = ("portability",)
    search_fields = ("portability__number__exact", "account__identifier__exact")
    search_help_text = "Le numéro de la portabilité ou l’identifiant du compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnemploymentProof]:
        rows = super().get_queryset(request)
        return rows.order_by(F("decided_at").asc(nulls_first=True), "due_on", "pk")

    @admin.display(description="portabilité", ordering="portability__number")
    def reference(self, row: UnemploymentProof) -> str:
        return row.portability.number

    @admin.display(description="réponse promise", ordering="due_on")
    def due(self, row: UnemploymentProof) -> SafeString | str:
        if not row.is_open:
            return "–"
        now = pace(row.due_on, timezone.localdate())
        return format_html('<span class="tag {}">{} {}</span>', now.value, short_date(row.due_on), LATENESS[now])

    def own_pages(self) -> list[OwnPage]:
        at = "<int:proof_id>/"
        return [
            (f"{at}decider/", decide_page, "members_unemploymentproof_decide"),
            (f"{at}documents/<int:upload_id>/", paper, "members_unemploymentproof_attestation"),
            (f"{at}documents/<int:upload_id>/<str:step>/", paper_step, "members_unemploymentproof_attestation_step"),
        ]

    def page(self, request: HttpRequest, row: UnemploymentProof) -> HttpResponse:
        return _page(request, row, DecisionForm())


@admin.register(IndividualOffer)
class IndividualOfferAdmin(PageAdmin):
    """The individual contracts that were asked for first: somebody waits for an adviser."""

    about = About(persons=("person",))
    list_display = ("number", "state", "ground", "rights_end", "until", "asked_at")
    list_filter = ("state", "ground")
    search_fields = ("number__exact",)
    search_help_text = "Le numéro de l’offre"

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndividualOffer]:
        rows = super().get_queryset(request).exclude(state=OfferState.WITHDRAWN)
        return rows.order_by(F("asked_at").asc(nulls_last=True), "until", "pk")

    def page(self, request: HttpRequest, row: IndividualOffer) -> HttpResponse:
        return TemplateResponse(request, "admin/members/portability/offer.html", {"title": row.number, "row": row})


@require_POST
def decide_page(request: HttpRequest, proof_id: int) -> HttpResponseBase:
    """Accept, ask for a document, or refuse."""
    row = _row(request, proof_id)
    by, form = account_of(request), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        if said["decision"] == "accept":
            deciding.accept(by=by, proof=row, proved_until=said["proved_until"])
        elif said["decision"] == "document":
            deciding.ask_for_document(by=by, proof=row, words=said["words"])
        else:
            deciding.refuse(by=by, proof=row, reason=said["words"])
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _page(request, row, form)
    messages.success(request, "Votre décision est enregistrée et l’adhérent est prévenu.")
    return redirect("admin:members_unemploymentproof_changelist")


@require_safe
def paper(request: HttpRequest, proof_id: int, upload_id: int) -> HttpResponseBase:
    """A document out of quarantine, as an attachment."""
    return enclosures.download(request, get_object_or_404(_row(request, proof_id).uploads, pk=upload_id))


@require_POST
def paper_step(request: HttpRequest, proof_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good."""
    row = _row(request, proof_id)
    enclosures.end_quarantine(request, get_object_or_404(row.uploads, pk=upload_id), step)
    return redirect("admin:members_unemploymentproof_change", row.pk)


def _row(request: HttpRequest, proof_id: int) -> UnemploymentProof:
    with_right(request, DECIDE)
    return get_object_or_404(UnemploymentProof.objects.select_related("portability__policy", "account"), pk=proof_id)


def _page(request: HttpRequest, row: UnemploymentProof, form: DecisionForm) -> TemplateResponse:
    now = pace(row.due_on if row.is_open else None, timezone.localdate())
    context = {
        "title": row.portability.number,
        "row": row,
        "uploads": list(row.uploads.order_by("id")),
        "quarantined": UploadState.QUARANTINED,
        "pace": now.value,
        "lateness": LATENESS.get(now, ""),
        "form": form,
        "may_decide": account_of(request).has_perm(DECIDE),
    }
    return TemplateResponse(request, "admin/members/portability/page.html", context)
