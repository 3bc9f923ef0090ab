"""The answers of the medical adviser as staff read them: one word, never why. No content exists on this side."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portals.access import isolation
from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.vault.actions import schedule_erasure
from privacy.vault.errors import NotAllowed
from privacy.vault.models import MedicalCase
from privacy.vault.noting import note
from privacy.vault.rules import COVERED

CHANGE = "privacy.change_medicalcase"


class CoverEndForm(forms.Form):
    """The last day of the cover that came of a case: its retention counts from there."""

    ended_on = forms.DateField(
        label="Dernier jour de la garantie",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Écrivez une date.", "invalid": "Écrivez une date, comme 31/12/2026."},
    )

    def clean_ended_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["ended_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Attendez que la garantie ait pris fin.")
        return day


@admin.register(MedicalCase)
class MedicalCaseAdmin(PageAdmin):
    """References, answers and dates. What is in a case is opened elsewhere, by others."""

    about = About(accounts=("account",))
    list_display = ("reference", "cover", "state", "sent_at", "outcome", "decided_at", "erase_on")
    list_filter = ("cover", "state", "outcome")
    search_fields = ("reference__iexact", "account__identifier__exact")
    search_help_text = "La référence, ou l’identifiant du compte"

    def get_queryset(self, request: HttpRequest) -> QuerySet[MedicalCase]:
        return super().get_queryset(request).select_related("account")

    def own_pages(self) -> list[OwnPage]:
        return [("<int:case_id>/fin/", cover_end_page, "privacy_medicalcase_end")]

    def page(self, request: HttpRequest, row: MedicalCase) -> HttpResponse:
        return _page(request, row, CoverEndForm())


@transaction.atomic
def end_cover(*, by: Account, case: MedicalCase, ended_on: datetime.date) -> None:
    """Note that the cover has ended, and until when the case is kept. Raises NotAllowed when none came of it.

    Staff write into no isolated table: the two dates are written in the system's context.
    """
    with isolation.system():
        held = MedicalCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if held.outcome not in COVERED or held.erased_at is not None:
            raise NotAllowed
        held.cover_ended_on = ended_on
        schedule_erasure(held)
        held.save(update_fields=["cover_ended_on", "erase_on"])
        note("vault.cover_ended", by=by, case=held)


@require_POST
def cover_end_page(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The end of the cover, as the contract says it."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(MedicalCase.objects.select_related("account"), pk=case_id)
    form = CoverEndForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        end_cover(by=by, case=row, ended_on=form.cleaned_data["ended_on"])
    except NotAllowed:
        messages.error(request, "Aucune garantie n’est née de ce dossier, ou il est déjà effacé.")
    else:
        messages.success(request, f"Dossier {row.reference}\u00a0: la durée de conservation est à jour.")
    return redirect("admin:privacy_medicalcase_change", row.pk)


def _page(request: HttpRequest, row: MedicalCase, form: CoverEndForm) -> TemplateResponse:
    """With the looks at the case, by function and never by content (PDP-4.8)."""
    entries = Entry.objects.filter(object_kind="medicalcase", object_id=str(row.pk), action__startswith="vault.")
    looks: list[dict[str, Any]] = [
        {"at": entry.at, "words": label_of(entry.action), "is_holder": entry.account_id == row.account_id}
        for entry in entries.order_by("-id")[:50]
    ]
    may_end = account_of(request).has_perm(CHANGE) and row.outcome in COVERED and row.erased_at is None
    context = {"title": "Dossier médical", "row": row, "form": form, "looks": looks, "may_end": may_end}
    return TemplateResponse(request, "admin/privacy/medicalcase/page.html", context)
