"""What Django costs by itself: a view that knows who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user.is_authenticated}")


urlpatterns = [path("", bare)]
