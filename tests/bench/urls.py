"""The site, and an empty signed-in page of the member's space to compare with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config import urls
from privacy.audit import record


def empty(request: HttpRequest) -> HttpResponse:
    """All that every signed-in page pays: session, account, grant, terms gate, journal, layout."""
    record("bench.empty", by=request.user)  # type: ignore[arg-type]  # the space lets accounts only through
    return render(request, "space.html")


urlpatterns = [path("vide/", empty, name="empty"), *urls.urlpatterns]
