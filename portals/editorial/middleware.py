"""Two answers that no view gives: the spaces are closed for maintenance; this address is not used that way."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_SECONDS = 600


class MaintenanceMiddleware:
    """While the file `settings.MAINTENANCE_FILE` exists, every page says so; its first line says until when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.switch = Path(settings.MAINTENANCE_FILE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            until = self.switch.read_text(encoding="utf-8").partition("\n")[0].strip()
        except FileNotFoundError:
            return self.get_response(request)
        context = {"until": until, "organisation": settings.ORGANISATION_FACTS}
        return HttpResponse(
            render_to_string("503.html", context), status=503, headers={"Retry-After": str(RETRY_SECONDS)}
        )


class WrongMethodMiddleware:
    """A refused method gets a page, with the header that says which methods are welcome."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response
