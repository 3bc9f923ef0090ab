"""Useful information where people read it: the public help page, and a rubric of each space (CGU-3.14).

Nothing here is about a person: what somebody reads is not journalled (docs/decisions/useful-information.md).
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portals.access.entry import account_of
from portals.accounts.models import Space
from portals.editorial.information.forms import SearchForm
from portals.editorial.information.markup import to_html
from portals.editorial.information.models import Article, Audience
from portals.editorial.information.queries import found_in, neighbours_of, published_in, shelves_of

NAMESPACES = {Space.MEMBER: "members", Space.EMPLOYER: "employers", Space.PROFESSIONAL: "providers"}
MOST_TYPED = 100


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to call, and the answers that need no account."""
    context = _listing(request, Audience.PUBLIC, "portals:help", "portals:help_article")
    return render(request, "portals/editorial/help.html", context)


@login_not_required
@require_safe
def help_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article that anybody reads."""
    context = _reading(slug, Audience.PUBLIC, "portals:help", "portals:help_article")
    return render(request, "portals/editorial/information/public_article.html", context)


@require_safe
def informations(request: HttpRequest) -> HttpResponse:
    """The articles of the account's space, or those that hold the words that were typed."""
    namespace = NAMESPACES[Space(account_of(request).space)]
    audience = account_of(request).space
    context = _listing(request, audience, f"{namespace}:informations", f"{namespace}:information")
    return render(request, "portals/editorial/information/list.html", context)


@require_safe
def information(request: HttpRequest, slug: str) -> HttpResponse:
    """One article of the account's space."""
    namespace = NAMESPACES[Space(account_of(request).space)]
    audience = account_of(request).space
    context = _reading(slug, audience, f"{namespace}:informations", f"{namespace}:information")
    return render(request, "portals/editorial/information/article.html", context)


def _listing(request: HttpRequest, audience: str, list_name: str, article_name: str) -> dict[str, Any]:
    """`found` is None when nothing was looked for: then `shelves` are shown."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_TYPED]
    found = found_in(audience, typed) if typed else None
    shelves = shelves_of(audience)
    return {
        "form": SearchForm({"q": typed}),
        "typed": typed,
        "found": found,
        "shelves": shelves,
        "count": sum(len(shelf.articles) for shelf in shelves),
        "updated_at": max((row.written_at for shelf in shelves for row in shelf.articles), default=None),
        "here": reverse(list_name),
        "article_name": article_name,
    }


def _reading(slug: str, audience: str, list_name: str, article_name: str) -> dict[str, Any]:
    article: Article = get_object_or_404(published_in(audience).defer("search"), slug=slug)
    return {
        "article": article,
        "body": to_html(article.text),
        "neighbours": neighbours_of(article, audience),
        "back": reverse(list_name),
        "article_name": article_name,
    }
