"""Who comes into the room: those who may change employees, while the company may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from employers.imports.models import EmployeeFile
from employers.imports.queries import own_files
from portals.access import closed
from portals.access.entry import account_of, grant_of
from portals.access.services import is_allowed, service_of

type View = Callable[..., HttpResponse]


def entered(view: View) -> View:
    """Decorates the views of the room: reading a page here is already preparing a change."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        grant, service = grant_of(request), service_of("employers:employee_imports")
        if grant.is_read_only(timezone.localdate()):
            return closed.read_only(request, grant)
        if service is not None and not is_allowed(grant, service, changes=True):
            return closed.not_your_role(request, grant, service)
        return view(request, *args, **kwargs)

    return checked


def file_or_404(request: HttpRequest, file_id: int) -> EmployeeFile:
    """A file that this account sent for this company. A colleague's is as unknown as one that never was."""
    file = own_files(account_of(request), grant_of(request).tenant_id).filter(pk=file_id).first()
    if file is None:
        raise Http404
    return file
