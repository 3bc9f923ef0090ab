"""The ledger as staff read it, without a name; the purposes as the DPO writes them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.model_admin import GestionAdmin, OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.consents import staff
from privacy.consents.actions import stop_purpose
from privacy.consents.forms import PurposeForm
from privacy.consents.models import Choice, Purpose
from privacy.consents.publishing import publish

WRITE = "privacy.change_purpose"


@admin.register(Choice)
class ChoiceAdmin(PageAdmin):
    """Who chose is a reference; the person's name is on no page here."""

    about = About(subjects=True)
    tools = (("Saisir un choix reçu", "admin:privacy_choice_enter", staff.ENTER),)
    list_display = ("at", "subject_id", "label", "channel", "decision", "capacity", "way")
    list_filter = ("decision", "channel", "way", "capacity", "purpose__code")
    list_select_related = ("text",)
    search_fields = ("subject_id__exact",)
    search_help_text = "La référence interne de la personne"
    ordering = ("-id",)

    @admin.display(description="sujet")
    def label(self, choice: Choice) -> str:
        return choice.text.label

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """A reference is a number; other words find nothing."""
        term = search_term.strip()
        if term and not (term.isascii() and term.isdecimal() and len(term) < 19):
            return queryset.none(), False
        return super().get_search_results(request, queryset, term)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("saisir/", staff.enter_page, "privacy_choice_enter"),
            ("<int:choice_id>/preuve/", staff.proof_page, "privacy_choice_proof"),
            ("<int:choice_id>/document/", staff.document_page, "privacy_choice_document"),
            ("<int:choice_id>/document/<slug:step>/", staff.document_step, "privacy_choice_document_step"),
        ]

    def page(self, request: HttpRequest, row: Choice) -> HttpResponse:
        choice = Choice.objects.select_related("text", "purpose", "proof").get(pk=row.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Choix",
            "choice": choice,
            "may_enter": account_of(request).has_perm(staff.ENTER),
        }
        return TemplateResponse(request, "admin/privacy/choice/choice.html", context)


@admin.register(Purpose)
class PurposeAdmin(GestionAdmin):
    """Purposes, what they rest on, and their text in force."""

    about = NOBODY_AT_ALL
    form = PurposeForm
    list_display = ("code", "kind", "basis", "rank", "asked_again_from", "retired_at")
    list_filter = ("kind", "basis")
    ordering = ("rank", "id")
    fields = ("code", "kind", "basis", "channels", "rank", "label", "text", "recipients", "asks_again")

    def get_fields(self, request: HttpRequest, obj: Purpose | None = None) -> Any:
        if self.has_change_permission(request, obj):
            return self.fields
        return ("code", "kind", "basis", "channels", "rank", "asked_again_from", "retired_at", "words")

    def get_readonly_fields(self, request: HttpRequest, obj: Purpose | None = None) -> Any:
        return () if self.has_change_permission(request, obj) else ("words",)

    @admin.display(description="texte montré")
    def words(self, purpose: Purpose) -> str:
        return purpose.texts.order_by("-number")[0].text

    def own_pages(self) -> list[OwnPage]:
        return [("<int:purpose_id>/arreter/", stop_page, "privacy_purpose_stop")]

    def save_model(self, request: HttpRequest, obj: Purpose, form: PurposeForm, change: bool) -> None:
        publish(
            by=account_of(request),
            purpose=obj,
            words=form.words(),
            asks_again=form.cleaned_data["asks_again"] and change,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, purpose_id: int) -> HttpResponse:
    """Ask, then stop a purpose for everybody."""
    by = with_right(request, WRITE)
    purpose = get_object_or_404(Purpose, pk=purpose_id, retired_at=None)
    if request.method == "POST":
        stop_purpose(by=by, purpose=purpose)
        messages.success(request, "Cette finalité est arrêtée\u00a0: plus rien ne s’y appuie.")
        return redirect("admin:privacy_purpose_changelist")
    context = {"title": "Arrêter une finalité", "purpose": purpose, "text": purpose.texts.order_by("-number")[0]}
    return TemplateResponse(request, "admin/privacy/purpose/stop.html", context)
