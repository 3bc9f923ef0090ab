"""To everybody but staff, `/gestion/` does not exist; nobody signs in there."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from portals.gestion import mode

PREFIX = "/gestion/"


class GestionMiddleware:
    """Signed out: the sign-in page of everybody. Not staff: what a missing page answers, before any other step.

    The second factor and the terms are the gate's business; mode gestion is `GestionSite.admin_view`'s.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if not mode.is_staff(request):
                raise Http404
        return self.get_response(request)
