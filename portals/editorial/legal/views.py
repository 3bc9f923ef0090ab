"""The legal pages: the text in force, its past and announced versions, what changed between two of them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.editorial.cookies import site_cookies
from portals.editorial.legal.annexes import annexes_of
from portals.editorial.legal.models import LegalVersion, Page
from portals.editorial.legal.queries import in_force, published
from portals.editorial.legal.wording import HEADINGS
from portals.terms.comparison import compare
from portals.terms.markup import articles_of


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The data policy, by its eight domains (PDP-1.1, 1.3)."""
    return _in_force(request, Page.PRIVACY)


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Each cookie that the code sets, the audience counter, and the button that refuses it (CGU-8.13 to 8.15)."""
    return _in_force(request, Page.COOKIES)


@login_not_required
@require_safe
def legal_notices(request: HttpRequest) -> HttpResponse:
    """Who publishes the site, what it promises and forbids (CGU-4 to 6, 9)."""
    return _in_force(request, Page.NOTICES)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of accessibility."""
    return _in_force(request, Page.ACCESSIBILITY)


@login_not_required
@require_safe
def legal_version(request: HttpRequest, page: str, number: int) -> HttpResponse:
    """One version of a page, past, in force or announced."""
    return _reading(request, _published(page, number))


@login_not_required
@require_safe
def legal_comparison(request: HttpRequest, page: str, number: int, other: int) -> HttpResponse:
    """What changed between two versions, from the older to the newer whatever the order of the address."""
    before, after = _published(page, min(number, other)), _published(page, max(number, other))
    if before == after:
        raise Http404
    articles = compare(before.text, after.text)
    context = {
        "before": before,
        "after": after,
        "articles": [article for article in articles if article.fate != "same"],
        "unchanged": [article for article in articles if article.fate == "same"],
    }
    return render(request, "portals/legal/comparison.html", context)


def _published(page: str, number: int) -> LegalVersion:
    if page not in Page.values:
        raise Http404
    return get_object_or_404(LegalVersion, page=page, number=number, published_at__lte=timezone.now())


def _in_force(request: HttpRequest, page: Page) -> HttpResponse:
    version = in_force(page)
    if version is None:
        raise Http404
    return _reading(request, version)


def _reading(request: HttpRequest, version: LegalVersion) -> HttpResponse:
    current = in_force(version.page)
    is_current = current is not None and current.pk == version.pk
    context: dict[str, Any] = {
        "version": version,
        "in_force": current,
        "is_current": is_current,
        "heading": HEADINGS[Page(version.page)],
        "domains": [(article.anchor, article.title) for article in articles_of(version.text) if article.title],
        "archive": list(published(version.page)),
        "annexes": [(annex, render_to_string(annex.template, annex.facts())) for annex in annexes_of(version.page)]
        if is_current
        else [],
    }
    if version.page == Page.COOKIES and is_current:
        context["cookies"] = site_cookies()
    if version.page == Page.NOTICES and is_current:  # whoever is given a proof checks it with them (docs/verify.md)
        context["journal_keys"] = settings.JOURNAL_PUBLIC_KEYS
    return render(request, "portals/legal/page.html", context)
