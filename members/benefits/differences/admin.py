"""The staff's queue of amounts that differ. Rows hold neither act nor person: the décompte's reference leads to them."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from members.benefits.differences.actions import DECISIONS, AlreadyDecided, decide
from members.benefits.differences.models import AmountDifference, DifferenceState
from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

DECIDE = "members.change_amountdifference"


class AnswerForm(forms.Form):
    """What staff answer to a difference."""

    state = forms.ChoiceField(
        label="Réponse",
        choices=[(state.value, state.label) for state in DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    reason = forms.CharField(
        label="Ce que lira l’adhérent",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez l’explication que lira l’adhérent."},
    )


@admin.register(AmountDifference)
class AmountDifferenceAdmin(PageAdmin):
    """Those that wait first, the oldest before the others."""

    about = About(persons=("household__persons",))
    list_display = (
        "benefit_ref",
        "paid_mutual",
        "expected_mutual",
        "paid_scheme",
        "expected_scheme",
        "state",
        "found_at",
    )
    list_filter = ("state",)
    search_fields = ("benefit_ref__exact",)
    search_help_text = "Le n° de décompte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AmountDifference]:
        is_open = When(state=DifferenceState.OPEN, then=Value(0))
        turn = Case(is_open, default=Value(1), output_field=IntegerField())
        return super().get_queryset(request).order_by(turn, "found_at", "pk")

    def own_pages(self) -> list[OwnPage]:
        return [("<int:difference_id>/repondre/", answer_page, "members_amountdifference_answer")]

    def page(self, request: HttpRequest, row: AmountDifference) -> HttpResponse:
        return _page(request, row, AnswerForm())


@require_POST
def answer_page(request: HttpRequest, difference_id: int) -> HttpResponseBase:
    """Explain, say corrected, or say normal, with the reason."""
    by = with_right(request, DECIDE)
    row = get_object_or_404(AmountDifference, pk=difference_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        decide(by=by, difference=row, state=form.cleaned_data["state"], reason=form.cleaned_data["reason"])
    except AlreadyDecided:
        messages.error(request, "Cet écart a déjà sa réponse.")
    else:
        messages.success(request, f"Écart du décompte {row.benefit_ref}\u00a0: votre réponse est enregistrée.")
    return redirect("admin:members_amountdifference_changelist")


def _page(request: HttpRequest, row: AmountDifference, form: AnswerForm) -> TemplateResponse:
    context = {
        "title": "Écart de montant",
        "row": row,
        "form": form,
        "may_decide": account_of(request).has_perm(DECIDE),
    }
    return TemplateResponse(request, "admin/members/amountdifference/page.html", context)
