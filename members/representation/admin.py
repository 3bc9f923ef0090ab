"""The queue of requests as staff see it: contested first, then the oldest; each decision is an action of the room."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from members.representation import deciding
from members.representation.actions import NotAsked
from members.representation.models import Representation, Scope, State
from members.representation.staff_pages import (
    DECIDE,
    OPEN,
    REFUSALS,
    add_person_page,
    designate_page,
    open_account_page,
)
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.documents.models import UploadState
from portals.gestion import enclosures
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right


class DecisionForm(forms.Form):
    """What staff answer to a request."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accept", "Accepter"), ("document", "Demander un document"), ("refuse", "Refuser")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    scope = forms.ChoiceField(label="Étendue, si vous acceptez", choices=Scope, required=False)
    end_date = HandwrittenDateField(label="Dernier jour, d’après le justificatif", required=False)
    words = forms.CharField(
        label="Ce que lira la personne",
        required=False,
        max_length=1000,
        help_text="Le document attendu, ou la raison du refus et ce qui reste possible.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("decision") in {"document", "refuse"} and not answers.get("words", "").strip():
            self.add_error("words", "Écrivez le document attendu, ou la raison du refus.")
        return answers


@admin.register(Representation)
class RepresentationAdmin(PageAdmin):
    """Requests, and what is in force. Nobody's name is in the list: the page of each request has them."""

    about = About(persons=("person",), accounts=("account",))
    list_display = ("number", "quality", "state", "is_matched", "asked_at", "contested_at")
    list_filter = ("state", "quality", ("contested_at", admin.EmptyFieldListFilter))
    search_fields = ("account__identifier__exact",)
    search_help_text = "L’identifiant du compte qui demande"
    tools = (
        ("Ouvrir le compte d’un représentant", "admin:members_representation_open_account", OPEN),
        ("Confier une personne à un représentant", "admin:members_representation_add_person", OPEN),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Representation]:
        rows = super().get_queryset(request).exclude(state=State.DRAFT).defer("claim_sealed")
        return rows.order_by(F("contested_at").asc(nulls_last=True), F("asked_at").asc(nulls_last=True), "pk")

    @admin.display(description="numéro")
    def number(self, row: Representation) -> str:
        return row.number

    @admin.display(description="personne trouvée", boolean=True)
    def is_matched(self, row: Representation) -> bool:
        return row.person_id is not None

    def own_pages(self) -> list[OwnPage]:
        at = "<int:representation_id>/"
        return [
            ("comptes/ouvrir/", open_account_page, "members_representation_open_account"),
            ("personnes/ajouter/", add_person_page, "members_representation_add_person"),
            (f"{at}designer/", designate_page, "members_representation_designate"),
            (f"{at}decider/", decide_page, "members_representation_decide"),
            (f"{at}terminer/", end_page, "members_representation_end"),
            (f"{at}documents/<int:upload_id>/", proof, "members_representation_proof"),
            (f"{at}documents/<int:upload_id>/<str:step>/", proof_step, "members_representation_proof_step"),
        ]

    def page(self, request: HttpRequest, row: Representation) -> HttpResponse:
        return _page(request, row, DecisionForm(initial=_initial(row)))


@require_POST
def decide_page(request: HttpRequest, representation_id: int) -> HttpResponseBase:
    """Accept, ask for a document, or refuse."""
    row = _row(request, representation_id)
    by, form = account_of(request), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = form.cleaned_data
    try:
        if said["decision"] == "accept":
            deciding.accept(by=by, representation=row, scope=said["scope"] or None, end_date=said["end_date"])
        elif said["decision"] == "document":
            deciding.ask_for_document(by=by, representation=row, words=said["words"])
        else:
            deciding.refuse(by=by, representation=row, reason=said["words"])
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
        return _page(request, row, form)
    messages.success(
        request, f"Demande {row.number}\u00a0: votre décision est enregistrée et les personnes sont prévenues."
    )
    return redirect("admin:members_representation_changelist")


@require_POST
def end_page(request: HttpRequest, representation_id: int) -> HttpResponseBase:
    """End one in force: lifted, contested with reason, death."""
    row = _row(request, representation_id)
    try:
        deciding.end_by_staff(by=account_of(request), representation=row)
    except NotAsked:
        messages.error(request, REFUSALS[NotAsked])
    else:
        messages.success(request, "Cette représentation a pris fin, à l’instant.")
    return redirect("admin:members_representation_change", row.pk)


@require_safe
def proof(request: HttpRequest, representation_id: int, upload_id: int) -> HttpResponseBase:
    """A document out of quarantine, as an attachment."""
    row = _row(request, representation_id)
    return enclosures.download(request, get_object_or_404(row.proofs, pk=upload_id))


@require_POST
def proof_step(request: HttpRequest, representation_id: int, upload_id: int, step: str) -> HttpResponseBase:
    """Lift the quarantine of a document, or discard it for good."""
    row = _row(request, representation_id)
    enclosures.end_quarantine(request, get_object_or_404(row.proofs, pk=upload_id), step)
    return redirect("admin:members_representation_change", row.pk)


def _row(request: HttpRequest, representation_id: int) -> Representation:
    with_right(request, DECIDE)
    return get_object_or_404(Representation.objects.exclude(state=State.DRAFT), pk=representation_id)


def _initial(row: Representation) -> dict[str, Any]:
    return {"scope": row.scope, "end_date": row.end_date.strftime("%d/%m/%Y") if row.end_date else ""}


def _page(request: HttpRequest, row: Representation, form: DecisionForm) -> TemplateResponse:
    may_decide = account_of(request).has_perm(DECIDE)
    context = {
        "title": "Représentation",
        "row": row,
        "claim": deciding.designated(row) if may_decide else {},
        "uploads": list(row.proofs.order_by("id")),
        "quarantined": UploadState.QUARANTINED,
        "form": form,
        "may_decide": may_decide,
        "is_open": row.state in deciding.OPEN_STATES,
    }
    return TemplateResponse(request, "admin/members/representation/page.html", context)
