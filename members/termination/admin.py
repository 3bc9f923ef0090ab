"""Terminations as staff see them: what nobody has taken in hand comes first, by its last day."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from members.termination.actions import NotRunning, acknowledge, refuse
from members.termination.models import State, Termination
from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

CHANGE = "members.change_termination"


class AnswerForm(forms.Form):
    """What staff do of a request: the law leaves them little to decide."""

    decision = forms.ChoiceField(
        label="Votre réponse",
        choices=[("handle", "Prise en charge\u00a0: le contrat prendra fin à la date dite"), ("refuse", "Refuser")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    words = forms.CharField(
        label="Ce que lira la personne, si vous refusez",
        required=False,
        max_length=1000,
        help_text="La raison, et ce qui reste possible.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("decision") == "refuse" and not answers.get("words", "").strip():
            self.add_error("words", "Écrivez la raison du refus.")
        return answers


@admin.register(Termination)
class TerminationAdmin(PageAdmin):
    """Numbers and dates in the list; the page of each request has the contract."""

    about = About(persons=("household__persons",), accounts=("asked_by",))
    list_display = ("number", "state", "received_at", "ends_on", "handled_at")
    list_filter = ("state", ("handled_at", admin.EmptyFieldListFilter))
    search_fields = ("number__iexact", "policy__policy_number__exact")
    search_help_text = "Le numéro de la demande, ou du contrat"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Termination]:
        rows = super().get_queryset(request).select_related("policy__plan", "asked_by")
        return rows.order_by(
            F("decided_at").desc(nulls_first=True), F("handled_at").desc(nulls_first=True), "ends_on", "pk"
        )

    def own_pages(self) -> list[OwnPage]:
        return [("<int:termination_id>/repondre/", answer_page, "members_termination_answer")]

    def page(self, request: HttpRequest, row: Termination) -> HttpResponse:
        return _page(request, row, AnswerForm())


@require_POST
def answer_page(request: HttpRequest, termination_id: int) -> HttpResponseBase:
    """Take it in hand, or refuse it with its reason."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(Termination.objects.select_related("policy__plan", "asked_by"), pk=termination_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        if form.cleaned_data["decision"] == "refuse":
            refuse(by=by, termination=row, reason=form.cleaned_data["words"])
        else:
            acknowledge(by=by, termination=row)
    except NotRunning:
        messages.error(request, "Cette demande n’attend plus de réponse.")
    else:
        messages.success(request, f"Demande {row.number}\u00a0: votre réponse est enregistrée.")
    return redirect("admin:members_termination_change", row.pk)


def _page(request: HttpRequest, row: Termination, form: AnswerForm) -> TemplateResponse:
    may_answer = account_of(request).has_perm(CHANGE) and row.state == State.ASKED
    context = {"title": "Résiliation", "row": row, "form": form, "may_answer": may_answer}
    return TemplateResponse(request, "admin/members/termination/page.html", context)
