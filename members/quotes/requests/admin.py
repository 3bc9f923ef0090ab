"""The queue of the staff of benefits: what is due first stands first, and says nothing of the care.

The page of a request unseals what it says, for the group of benefits alone (PDP-4.4); each look is journalled.
"""

import datetime
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

from members.quotes.fields import EurosField
from members.quotes.requests import deciding
from members.quotes.requests.actions import NotOpen
from members.quotes.requests.documents import amount_of
from members.quotes.requests.models import CareRequest, State
from members.quotes.requests.rules import AGREEMENT_DAYS
from members.quotes.requests.sealing import answer_of, details_of
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.correspondence.rules import Pace, pace
from portals.documents.models import Upload, UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date
from privacy.audit import record

DECIDE = "members.change_carerequest"
REFUSALS = {
    NotOpen: "Cette demande n’attend plus de décision.",
    deciding.DocumentUnchecked: "Levez d’abord la quarantaine des documents\u202f; il en faut au moins un.",
    deciding.OwnRequest: "Vous ne décidez pas de votre propre demande.",
}
LATENESS = {Pace.LATE: "en retard", Pace.NEAR: "bientôt", Pace.FINE: "dans les temps"}


class DecisionForm(forms.Form):
    """What staff answer to a request."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accept", "Accepter"), ("document", "Demander un document"), ("refuse", "Refuser")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    amount = EurosField(label="Montant accordé (€), si vous acceptez", required=False)
    valid_until = HandwrittenDateField(
        label="Accord valable jusqu’au", required=False, help_text=f"Vide\u00a0: {AGREEMENT_DAYS} jours."
    )
    words = forms.CharField(
        label="Ce que lira la personne",
        required=False,
        max_length=1000,
        help_text="Le document attendu, ou la raison du refus et ce qui reste possible.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, is_agreement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_agreement:
            del self.fields["valid_until"]

    def clean_valid_until(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["valid_until"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError("Ce jour est passé.")
        return day

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        decision = answers.get("decision")
        if decision == "accept" and "amount" not in self.errors and not answers.get("amount"):
            self.add_error("amount", "Écrivez le montant accordé.")
        if decision in {"document", "refuse"} and not answers.get("words", "").strip():
            self.add_error("words", "Écrivez le document attendu, ou la raison du refus.")
        return answers


@admin.register(CareRequest)
class CareRequestAdmin(PageAdmin):
    """Requests for an agreement or a reimbursement, by the day told to the person."""

    about = About(persons=("person",), accounts=("account",))
    list_display = ("number", "kind", "state", "due", "asked_at")
    list_filter = ("kind", "state")
    search_fields = ("account__identifier__exact",)
    search_help_text = "L’identifiant du compte qui demande"

    def get_queryset(self, request: HttpRequest) -> QuerySet[CareRequest]:
        rows = super().get_queryset(request).exclude(state=State.DRAFT)
        waits_first = F("decided_at").asc(nulls_first=True)
        return rows.order_by(waits_first, F("expected_on").asc(nulls_last=True), "pk")

    @admin.display(description="numéro")
    def number(self, row: CareRequest) -> str:
        return row.number

    @admin.display(description="réponse prévue", ordering="expected_on")
    def due(self, row: CareRequest) -> SafeString | str:
        if row.state != State.ASKED or row.expected_on is None:
            return "–"
        now = pace(row.expected_on, timezone.localdate())
        return format_html('<span class="tag {}">{} {}</span>', now.value, short_date(row.expected_on), LATENESS[now])

    def own_pages(self) -> list[OwnPage]:
        at = "<int:request_id>/"
        return [
            (f"{at}decider/", decide_page, "members_carerequest_decide"),
            (f"{at}documents/<int:upload_id>/", document, "members_carerequest_document"),
            (f"{at}documents/<int:upload_id>/<str:step>/", document_step, "members_carerequest_document_step"),
        ]

    def page(self, request: HttpRequest, row: CareRequest) -> HttpResponse:
        return _page(request, row, DecisionForm(is_agreement=row.is_agreement))


@require_POST
def decide_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Accept, ask for a document, or refuse."""
    row = _row(request, request_id)
    by, form = account_of(request), DecisionForm(request.POST, is_agreement=row.is_agreement)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        if said["decision"] == "accept":
            deciding.accept(
                by=by, request=row, amount=said["amount"], words=said["words"], valid_until=said.get("valid_until")
            )
        elif said["decision"] == "document":
            deciding.ask_for_document(by=by, request=row, words=said["words"])
        else:
            deciding.refuse(by=by, request=row, reason=said["words"])
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _page(request, row, form)
    messages.success(
        request, f"Demande {row.number}\u00a0: votre décision est enregistrée et la personne est prévenue."
    )
    return redirect("admin:members_carerequest_changelist")


@require_safe
def document(request: HttpRequest, request_id: int, upload_id: int) -> HttpResponseBase:
    """A document out of quarantine, as an attachment."""
    return enclosures.download(request, _document(_row(request, request_id), upload_id))


@require_POST
def document_step(request: HttpRequest, request_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good."""
    row = _row(request, request_id)
    enclosures.end_quarantine(request, _document(row, upload_id), step)
    return redirect("admin:members_carerequest_change", row.pk)


def _row(request: HttpRequest, request_id: int) -> CareRequest:
    with_right(request, DECIDE)
    rows = CareRequest.objects.exclude(state=State.DRAFT).select_related("account", "person", "household")
    return get_object_or_404(rows, pk=request_id)


def _document(row: CareRequest, upload_id: int) -> Upload:
    return get_object_or_404(row.documents, pk=upload_id)


def _page(request: HttpRequest, row: CareRequest, form: DecisionForm) -> TemplateResponse:
    by = with_right(request, DECIDE)
    record("care_request.read", by=by, object_kind="care_request", object_id=row.pk, details={"purpose": row.kind})
    answer = answer_of(row)
    now = pace(row.expected_on if row.state == State.ASKED else None, timezone.localdate())
    context = {
        "title": row.number,
        "row": row,
        "content": details_of(row),
        "answer": answer,
        "amount": amount_of(answer),
        "uploads": list(row.documents.order_by("id")),
        "quarantined": UploadState.QUARANTINED,
        "form": form,
        "pace": now.value,
        "lateness": LATENESS.get(now, ""),
        "may_decide": True,
        "is_open": row.state in deciding.OPEN_STATES,
    }
    return TemplateResponse(request, "admin/members/carerequest/page.html", context)
