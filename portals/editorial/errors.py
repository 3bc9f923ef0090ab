"""The pages of what went wrong: why, what to do, and a reference that support finds in the logs. Never a trace."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portals.access.entry import entry_of

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """The exception's own words, when they were written for the person; without a grant, what stays open."""
    reason = str(exception) if exception and exception.args else ""
    is_closed = request.user.is_authenticated and entry_of(request).grant is None
    return render(request, "403.html", {"reason": reason, "is_closed": is_closed}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("form refused: %s", reason)
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be the very thing that failed: no database, no context processor."""
    context = {"reference": getattr(request, "reference", ""), "organisation": settings.ORGANISATION_FACTS}
    return HttpResponse(render_to_string("500.html", context), status=500)
