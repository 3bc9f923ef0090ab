"""The terms as staff see them: the evidence of each acceptance (CGU-2.9, 2.10), the versions, and the next one's draft."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts.security.step_up import step_up_required
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.model_admin import GestionAdmin, OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import full_instant
from portals.terms.actions import ChangesUntold, EffectiveTooEarly, publish_draft
from portals.terms.comparison import compare
from portals.terms.forms import DraftForm
from portals.terms.models import Acceptance, TermsDraft, TermsVersion
from portals.terms.queries import last_published


@admin.register(Acceptance)
class AcceptanceAdmin(ReadOnlyAdmin):
    """Who accepted which text, by which words, when and from which address. Nobody changes it, the database included."""

    about = About(accounts=("account",))
    list_display = ("account_identifier", "version", "accepted_at", "capacity", "address")
    list_filter = ("version", "capacity")
    list_select_related = ("account", "version")
    search_fields = ("account__identifier__exact",)
    search_help_text = "L’identifiant du compte"
    ordering = ("-accepted_at", "-id")
    fields = (
        "account_identifier", "version", "text_sha256", "label", "declaration", "capacity", "representative_name",
        "accepted_at", "address",
    )  # fmt: skip
    readonly_fields = ("account_identifier",)

    @admin.display(description="compte", ordering="account__identifier")
    def account_identifier(self, acceptance: Acceptance) -> str:
        return acceptance.account.identifier


@admin.register(TermsVersion)
class TermsVersionAdmin(ReadOnlyAdmin):
    """What was published, as it was published."""

    about = NOBODY_AT_ALL
    list_display = ("number", "published_at", "effective_at", "text_sha256")
    ordering = ("-number",)
    fields = ("number", "published_at", "effective_at", "text_sha256", "changes", "summary", "text")


@admin.register(TermsDraft)
class TermsDraftAdmin(GestionAdmin):
    """The next version while it is written: previewed, compared, then published, with a fresh proof of who decides."""

    about = NOBODY_AT_ALL
    form = DraftForm
    list_display = ("__str__", "updated_at", "effective_at")
    fields = ("text", "summary", "changes", "effective_on")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins as the one before it."""
        last = last_published()
        return {"text": last.text, "summary": last.summary} if last else {}

    def own_pages(self) -> list[OwnPage]:
        return [
            ("<int:draft_id>/apercu/", preview_page, "portals_termsdraft_preview"),
            ("<int:draft_id>/publier/", publish_page, "portals_termsdraft_publish"),
        ]


@require_safe
def preview_page(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft as people will read it, and what it changes, word by word."""
    with_right(request, "portals.view_termsdraft")
    draft = get_object_or_404(TermsDraft, pk=draft_id)
    last = last_published()
    articles = compare(last.text, draft.text) if last else ()
    context = {
        "draft": draft,
        "last": last,
        "articles": [article for article in articles if article.fate != "same"],
        "title": "Aperçu du projet de CGU",
    }
    return TemplateResponse(request, "admin/portals/termsdraft/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def publish_page(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Publish the draft: from then on nobody changes it, and everybody is asked to accept it at its date (CGU-2.12)."""
    by = with_right(request, "portals.add_termsversion")
    draft = get_object_or_404(TermsDraft, pk=draft_id)
    refusal = ""
    if request.method == "POST":
        try:
            version = publish_draft(by=by, draft=draft)
        except ChangesUntold:
            refusal = "Dites d’abord, en mots simples, ce qui change."
        except EffectiveTooEarly:
            refusal = "La date d’effet est passée, ou précède celle d’une version déjà annoncée."
        else:
            when = full_instant(version.effective_at)
            messages.success(request, f"La version {version.number} est publiée. Elle entre en vigueur le {when}.")
            return redirect("admin:portals_termsversion_changelist")
    context = {"draft": draft, "refusal": refusal, "title": "Publier une version des CGU"}
    return TemplateResponse(request, "admin/portals/termsdraft/publish.html", context)
