"""What Django costs by itself: a view that knows who is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.is_authenticated}")


class BareAddresses:
    """Middleware: these addresses for its own requests, so that no setting changes between two measures.

    A change of `ROOT_URLCONF` empties the resolver's caches, and the next request of either client would pay for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "tests.bench.bare_urls"
        return self.get_response(request)


urlpatterns = [path("", bare)]
