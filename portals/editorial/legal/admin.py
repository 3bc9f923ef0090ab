"""The legal pages as staff see them: every version as it was published, and the publication of the next one."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.accounts.security.step_up import step_up_required
from portals.editorial.legal.actions import NothingChanged, publish
from portals.editorial.legal.forms import PublicationForm
from portals.editorial.legal.models import LegalVersion, Page
from portals.editorial.legal.queries import last_of
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right
from portals.presentation.formats import full_instant
from portals.terms.actions import ChangesUntold, EffectiveTooEarly
from portals.terms.comparison import compare

PUBLISH = "portals.add_legalversion"
TOO_EARLY = "La date d’effet est passée, ou précède celle d’une version déjà annoncée."


@admin.register(LegalVersion)
class LegalVersionAdmin(ReadOnlyAdmin):
    """What was published, as it was published. Nobody changes it, the database included."""

    about = NOBODY_AT_ALL
    change_list_template = "admin/portals/legalversion/change_list.html"
    list_display = ("page", "number", "published_at", "effective_at", "text_sha256")
    list_filter = ("page",)
    ordering = ("page", "-number")
    fields = ("page", "number", "published_at", "effective_at", "text_sha256", "changes", "text")

    def own_pages(self) -> list[OwnPage]:
        return [("publier/<slug:page>/", publish_page, "portals_legalversion_publish")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_publish = request.user.has_perm(PUBLISH)
        return super().changelist_view(request, {**(extra_context or {}), "pages": list(Page) if may_publish else []})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def publish_page(request: HttpRequest, page: str) -> HttpResponseBase:
    """The next text of a page, compared with the last one word by word before it is published."""
    by = with_right(request, PUBLISH)
    if page not in Page.values:
        raise Http404
    last = last_of(page)
    former = last.text if last else ""
    form = PublicationForm(request.POST or None, initial={"text": former})
    compared: list[Any] = []
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        if "publish" in request.POST:
            try:
                version = publish(
                    by=by, page=Page(page), text=written["text"], changes=written["changes"],
                    effective_at=form.effective_at(),
                )  # fmt: skip
            except EffectiveTooEarly:
                form.add_error("effective_on", TOO_EARLY)
            except NothingChanged:
                form.add_error("text", "Ce texte est celui de la dernière version.")
            except ChangesUntold:
                form.add_error("changes", "Dites d’abord, en mots simples, ce qui change.")
            else:
                when = full_instant(version.effective_at)
                messages.success(request, f"La version {version.number} est publiée. Elle vaut à partir du {when}.")
                return redirect("admin:portals_legalversion_changelist")
        compared = [article for article in compare(former, written["text"]) if article.fate != "same"]
    context = {
        "form": form,
        "named": Page(page).label,
        "last": last,
        "articles": compared,
        "title": "Publier une page légale",
    }
    return TemplateResponse(request, "admin/portals/legalversion/publish.html", context)
