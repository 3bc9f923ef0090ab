"""Refusing to be counted, and coming back on it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portals.editorial.cookies import ACCEPTED, AUDIENCE_CHOICE, REFUSED


@login_not_required
@require_POST
def audience_choice(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie of the connection: nothing with a date, even to undo it (CGU-8.14, 8.15)."""
    said = ACCEPTED if request.POST.get("count") == "yes" else REFUSED
    response = redirect("portals:cookies")
    response.set_cookie(
        AUDIENCE_CHOICE, said, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response
