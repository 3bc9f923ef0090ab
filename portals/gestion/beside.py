"""Pages of rooms that staff open while mode gestion is off: they show nothing of anybody but whoever reads them."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.gestion import mode

type View = Callable[..., HttpResponseBase]

_pages: list[tuple[str, View, str]] = []


def register(address: str, view: View, name: str) -> None:
    """Add a page of the staff's site, named `admin:<name>`. Called when the app is ready, before addresses are read."""
    if all(name != taken for _address, _view, taken in _pages):
        _pages.append((address, view, name))


def patterns() -> list[URLPattern]:
    return [path(address, view, name=name) for address, view, name in _pages]


def staff_of(request: HttpRequest) -> Account:
    """Whoever works here and asks. Raises Http404 for everybody else."""
    if not mode.is_staff(request):
        raise Http404
    return account_of(request)
