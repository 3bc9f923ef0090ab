"""The public legal and help pages: readable by anyone, signed in or not, whatever the state of their account."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

# RFC 9116 advises less than a year: readers then know that someone still answers.
SECURITY_CONTACT_LIFETIME = datetime.timedelta(days=180)


@dataclass(frozen=True)
class Cookie:
    """A cookie that the site sets, and why. All of them last as long as the connection (CGU-8.14)."""

    name: str
    purpose: str


def site_cookies() -> tuple[Cookie, ...]:
    """Every cookie that the site can set; a test compares the list with what browsers really receive."""
    return (
        Cookie(settings.SESSION_COOKIE_NAME, "Vous garder connecté d’une page à l’autre"),
        Cookie(settings.CSRF_COOKIE_NAME, "Vérifier que les formulaires envoyés viennent bien de vous"),
    )


@login_not_required
@require_safe
def legal_notices(request: HttpRequest) -> HttpResponse:
    """With the public keys of the journal: whoever is given a proof checks it against them (docs/verify.md)."""
    return render(request, "portals/editorial/legal_notices.html", {"journal_keys": settings.JOURNAL_PUBLIC_KEYS})


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/cookies.html", {"cookies": site_cookies()})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/privacy.html")


@login_not_required
@require_safe
def dpo(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/dpo.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/accessibility.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116). The expiry is an instant in UTC."""
    expires = timezone.now().astimezone(datetime.UTC) + SECURITY_CONTACT_LIFETIME
    context = {
        "expires": expires.strftime("%Y-%m-%dT00:00:00Z"),
        "canonical": request.build_absolute_uri(request.path),
        "help_address": request.build_absolute_uri(reverse("portals:help")),
    }
    return render(request, "portals/editorial/security.txt", context, content_type="text/plain; charset=utf-8")
