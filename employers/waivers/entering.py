"""What every page of waivers asks first: for which company, which waiver, and whether the role may change anything."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from employers.permissions import ServiceCode, may_change
from employers.users.queries import scope_of
from employers.waivers.queries import Standing, standing_of
from portals.access.entry import grant_of
from portals.access.models import Basis


def is_in_charge(request: HttpRequest) -> bool:
    """Whether this account answers waivers, in the read-only years too: it reads the requests and their documents."""
    grant = grant_of(request)
    scope = scope_of(grant, timezone.localdate()) if grant.basis == Basis.MANDATE else frozenset[str]()
    return may_change(grant, ServiceCode.WAIVERS, scope)


def may_act(request: HttpRequest) -> bool:
    """Whether this account may change a waiver today: not in the read-only years."""
    return is_in_charge(request) and not grant_of(request).is_read_only(timezone.localdate())


def require_in_charge(request: HttpRequest) -> None:
    """403 for whoever reads the list only: what an employee wrote and proved is for those who answer."""
    if not is_in_charge(request):
        raise PermissionDenied


def standing_or_404(request: HttpRequest, waiver_id: int) -> Standing:
    """A waiver of the company; another company's is as unknown as one that never was."""
    found = standing_of(grant_of(request).tenant_id, waiver_id, timezone.localdate())
    if found is None:
        raise Http404
    return found
