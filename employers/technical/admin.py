"""Technical accounts as staff see them: drafts are completed, drawn up anew, published; then they never change."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from employers.technical.actions import (
    AlreadyPublished,
    NothingToPublish,
    ask_again,
    complete,
    publish,
)
from employers.technical.models import TechnicalAccount
from employers.technical.rules import ENTERED
from employers.technical.showing import shown
from portals.access.entry import account_of
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

CHANGE = "employers.change_technicalaccount"


class EnteredForm(forms.ModelForm):
    """The lines of the decree that are not reckoned here. Left empty, they are said not to be known."""

    class Meta:
        model = TechnicalAccount
        fields = list(ENTERED)
        labels = {name: f"{label} (€)" for name, label in ENTERED.items()}


@admin.register(TechnicalAccount)
class TechnicalAccountAdmin(PageAdmin):
    """Drafts first. The page of an account shows what its company will read, and nothing else."""

    about = NOBODY_AT_ALL
    list_display = ("contract_number", "year", "level", "built_at", "published_at")
    list_display_links = ("contract_number",)
    list_filter = ("year", "level", ("published_at", admin.EmptyFieldListFilter))
    list_select_related = ("contract",)
    search_fields = ("contract__contract_number__exact", "company__siret__exact")
    search_help_text = "Le n° de contrat ou le SIRET"

    def get_queryset(self, request: HttpRequest) -> QuerySet[TechnicalAccount]:
        rows = super().get_queryset(request).select_related("contract", "company")
        return rows.order_by(F("published_at").desc(nulls_first=True), "-year", "contract__contract_number")

    @admin.display(description="n° de contrat", ordering="contract__contract_number")
    def contract_number(self, row: TechnicalAccount) -> str:
        return row.contract.contract_number

    def own_pages(self) -> list[OwnPage]:
        return [
            ("<int:technical_id>/completer/", complete_page, "employers_technicalaccount_complete"),
            ("<int:technical_id>/refaire/", again_page, "employers_technicalaccount_again"),
            ("<int:technical_id>/publier/", publish_page, "employers_technicalaccount_publish"),
        ]

    def page(self, request: HttpRequest, row: TechnicalAccount) -> HttpResponse:
        return _page(request, row, EnteredForm(instance=row))


@require_POST
def complete_page(request: HttpRequest, technical_id: int) -> HttpResponseBase:
    """Enter what only staff know."""
    by, row = with_right(request, CHANGE), _row(technical_id)
    form = EnteredForm(request.POST, instance=row)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        complete(by=by, account=row, entered={name: form.cleaned_data[name] for name in ENTERED})
    except AlreadyPublished:
        messages.error(request, "Ce compte est publié\u00a0: il ne change plus.")
    else:
        messages.success(request, "Les lignes sont enregistrées, à la dizaine d’euros.")
    return redirect("admin:employers_technicalaccount_change", row.pk)


@require_POST
def again_page(request: HttpRequest, technical_id: int) -> HttpResponseBase:
    """Have the drafts of this company and year drawn up anew by a worker."""
    by, row = with_right(request, CHANGE), _row(technical_id)
    if row.published_at is None:
        ask_again(by=by, company_id=row.company_id, year=row.year)
        messages.success(request, "Les comptes de cette entreprise sont en cours de calcul.")
    else:
        messages.error(request, "Ce compte est publié\u00a0: il ne change plus.")
    return redirect("admin:employers_technicalaccount_change", row.pk)


@require_POST
def publish_page(request: HttpRequest, technical_id: int) -> HttpResponseBase:
    """Publish every draft of this company for this year."""
    by, row = with_right(request, CHANGE), _row(technical_id)
    try:
        publish(company_id=row.company_id, year=row.year, by=by)
    except NothingToPublish:
        messages.error(request, "Ce compte est publié\u00a0: il ne change plus.")
    else:
        messages.success(request, "Les comptes sont publiés, et l’entreprise en est avertie.")
    return redirect("admin:employers_technicalaccount_change", row.pk)


def _row(technical_id: int) -> TechnicalAccount:
    return get_object_or_404(TechnicalAccount.objects.select_related("contract", "company"), pk=technical_id)


def _page(request: HttpRequest, row: TechnicalAccount, form: forms.Form | EnteredForm) -> TemplateResponse:
    may_change = account_of(request).has_perm(CHANGE) and row.published_at is None
    [one] = shown([row])
    context: dict[str, Any] = {
        "title": "Compte technique",
        "one": one,
        "row": row,
        "form": form,
        "may_change": may_change,
    }
    return TemplateResponse(request, "admin/employers/technical/page.html", context)
