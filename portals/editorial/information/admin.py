"""Useful information as staff write it: articles, their preview, their versions, shown or taken down."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portals.access.entry import account_of
from portals.editorial.information import actions
from portals.editorial.information.forms import ArticleForm
from portals.editorial.information.markup import to_html
from portals.editorial.information.models import Article, Audience
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage
from portals.gestion.permissions import with_right
from portals.presentation.formats import short_date

LOOK = "portals.view_article"
VERSIONS_SHOWN = 50


PLACES = {
    Audience.PUBLIC: "aide",
    Audience.MEMBER: "adhérent",
    Audience.EMPLOYER: "employeur",
    Audience.PROFESSIONAL: "professionnel",
}


class PublishedFilter(admin.SimpleListFilter):
    """Those that people read, those that only staff see."""

    title = "état"
    parameter_name = "publie"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("oui", "Publiés"), ("non", "Non publiés")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        asked = self.value()
        return queryset if asked is None else queryset.filter(published_at__isnull=asked == "non")


@admin.register(Article)
class ArticleAdmin(GestionAdmin):
    """The articles, whether they are shown, and where."""

    about = NOBODY_AT_ALL
    form = ArticleForm
    list_display = ("title", "topic", "places", "state", "number", "updated_on")
    list_filter = (PublishedFilter, "topic")
    search_fields = ("title",)
    search_help_text = "Un mot du titre"
    ordering = ("topic", "title")
    fields = ("seen", "title", "topic", "audiences", "keywords", "summary", "text", "note")

    @admin.display(description="où le lire")
    def places(self, row: Article) -> str:
        return ", ".join(PLACES[Audience(code)] for code in row.audiences)

    @admin.display(description="état", ordering="published_at")
    def state(self, row: Article) -> str:
        return "Publié" if row.published_at else "Non publié"

    @admin.display(description="mis à jour le", ordering="written_at")
    def updated_on(self, row: Article) -> str:
        return short_date(timezone.localdate(row.written_at))

    def own_pages(self) -> list[OwnPage]:
        at = "<int:article_id>/"
        return [
            (f"{at}apercu/", preview_page, "portals_article_preview"),
            (f"{at}versions/", versions_page, "portals_article_versions"),
            (f"{at}publier/", publish_step, "portals_article_publish"),
            (f"{at}retirer/", unpublish_step, "portals_article_unpublish"),
        ]

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Who only looks has no form: the fields of the row alone."""
        if self.has_change_permission(request, obj):
            return self.fields
        return ("title", "topic", "places", "state", "number", "updated_on", "keywords", "summary", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return () if self.has_change_permission(request, obj) else ("places", "state", "updated_on")

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        written = actions.write(
            by=account_of(request),
            words=form.words(),
            place=form.place(),
            note=form.cleaned_data["note"],
            article=obj if change else None,
            seen=form.cleaned_data["seen"] or 0,
        )
        obj.pk = written.pk

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, "L’article est enregistré. Il n’est pas encore publié\u00a0: relisez-le d’abord.")
        return redirect("admin:portals_article_preview", obj.pk)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        messages.success(request, "L’article est enregistré.")
        return redirect("admin:portals_article_preview", obj.pk)


@require_safe
def preview_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """The article as people read it, or will."""
    by = with_right(request, LOOK)
    article = get_object_or_404(Article, pk=article_id)
    context = {
        "title": article.title,
        "article": article,
        "body": to_html(article.text),
        "places": [Audience(code).label for code in article.audiences],
        "may_write": by.has_perm(actions.WRITE),
    }
    return TemplateResponse(request, "admin/portals/article/preview.html", context)


@require_safe
def versions_page(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every version: who wrote it, when, what it said."""
    with_right(request, LOOK)
    article = get_object_or_404(Article, pk=article_id)
    rows = article.versions.select_related("written_by").order_by("-number")[:VERSIONS_SHOWN]
    versions = [(version, to_html(version.text)) for version in rows]
    context = {"title": "Versions", "article": article, "versions": versions}
    return TemplateResponse(request, "admin/portals/article/versions.html", context)


@require_POST
def publish_step(request: HttpRequest, article_id: int) -> HttpResponseBase:
    """Show the article where it is to be read."""
    by = with_right(request, actions.WRITE)
    actions.publish(by=by, article=get_object_or_404(Article, pk=article_id))
    messages.success(request, "L’article est publié.")
    return redirect("admin:portals_article_preview", article_id)


@require_POST
def unpublish_step(request: HttpRequest, article_id: int) -> HttpResponseBase:
    """Take it down."""
    by = with_right(request, actions.WRITE)
    actions.unpublish(by=by, article=get_object_or_404(Article, pk=article_id))
    messages.success(request, "L’article n’est plus publié.")
    return redirect("admin:portals_article_preview", article_id)
