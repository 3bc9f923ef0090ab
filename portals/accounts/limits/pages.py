"""The page of whoever must wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def in_words(seconds: int) -> str:
    """When to come back: « dans 5 minutes ». Never sooner than `seconds`, but for waits of an hour or more."""
    minutes = max(1, -(-seconds // 60))
    if minutes >= 60:
        return "dans une heure"
    return f"dans {minutes}\u00a0minutes" if minutes > 1 else "dans une minute"


def wait_page(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with when to come back in words and in `Retry-After`."""
    response = render(request, "429.html", {"wait": in_words(seconds)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
