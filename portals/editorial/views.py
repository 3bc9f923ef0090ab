"""How to reach the DPO and whoever mends the site, what robots may read: open to anyone, in any state."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.editorial.bots import COPIERS

# RFC 9116 advises less than a year: readers then know that someone still answers.
SECURITY_CONTACT_LIFETIME = datetime.timedelta(days=180)


@login_not_required
@require_safe
def dpo(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/editorial/dpo.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request, "portals/editorial/robots.txt", {"copiers": COPIERS}, content_type="text/plain; charset=utf-8"
    )


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
