"""One transaction per request, with the account's tenant as its row-level context; then the space and its services."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from portals.access import closed
from portals.access.entry import ACTING_GRANT, NOBODY, Entry, enter, entry_of
from portals.access.models import Grant
from portals.access.reference import RequestTrace, current, remember
from portals.access.services import Position, Service, is_allowed, service_of
from portals.access.switching import choice_to_make
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.sessions import RECORD
from portals.history.actor import acts

SPACES_BY_NAMESPACE = {
    "members": Space.MEMBER,
    "directory": Space.MEMBER,
    "employers": Space.EMPLOYER,
    "providers": Space.PROFESSIONAL,
}
READING = {"GET", "HEAD", "OPTIONS"}


class IsolationMiddleware:
    """Runs the view in one transaction that sees the grant's rows and no others.

    Sets `request.entry` (read it with `portals.access.entry.entry_of`, `grant_of`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            request.entry = self._enter(request)  # type: ignore[attr-defined]  # read by entry_of
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, _request: HttpRequest, _error: Exception) -> None:
        """A view that raised leaves nothing behind (404 and 403 included: they wrote nothing to keep)."""
        transaction.set_rollback(True)

    def _enter(self, request: HttpRequest) -> Entry:
        account = request.user
        if not isinstance(account, Account):
            if request.method not in READING:
                acts(account_id=None, operation=current().reference)
            return NOBODY
        entry = enter(
            account,
            timezone.now(),
            chosen_grant_id=request.session.get(ACTING_GRANT),
            session_id=request.session.get(RECORD),
        )
        if entry.is_ended:
            logout(request)
            return NOBODY
        grant = entry.grant
        remember(
            RequestTrace(
                reference=current().reference,
                session_hash=_hashed(request.session.session_key),
                terms_number=entry.accepted_number,
                space=account.space,
                tenant_id=grant.tenant_id if grant else None,
                subject_id=grant.subject_id if grant else None,
                acting_as=str(grant.basis) if grant and grant.represents else "",
            )
        )
        return entry


class SpaceMiddleware:
    """Another space's pages do not exist; one's own are closed without a grant, when suspended, or when it ends.

    The order is that of what the person must know first: not theirs or not opened yet (404), restricted, the space
    itself closing, nothing open, the service switched off, read-only (CGU-1.1, 3.1, 7.1 to 7.5).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        space = SPACES_BY_NAMESPACE.get(match.namespaces[0]) if match and match.namespaces else None
        account = request.user
        if match is None or space is None or not isinstance(account, Account):
            return None
        if account.space != space:
            raise Http404
        if account.state != AccountState.VALIDATED:
            return None  # the gate leads to the missing step
        return _refusal(request, entry_of(request), service_of(match.view_name))


def _refusal(request: HttpRequest, entry: Entry, service: Service | None) -> HttpResponse | None:
    switch = entry.switch_of(service)
    if switch is not None and switch.position == Position.UNOPENED:
        raise Http404
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    if (stopped := _stopped(request, entry, service)) is not None:
        return stopped
    if entry.grant is None:
        return closed.no_access(request)
    if switch is not None:
        return closed.switched_off(request, switch)
    if service is not None and not is_allowed(entry.grant, service, changes=request.method not in READING):
        return closed.not_your_role(request, entry.grant, service)
    return None if request.method in READING else _no_change(request, entry.grant, service)


def _stopped(request: HttpRequest, entry: Entry, service: Service | None) -> HttpResponse | None:
    """What the mutual has stopped: for this account, or the whole space."""
    remains = service is not None and service.open_when_restricted
    code = service.code if service else ""
    stopping = next((standing for standing in entry.restrictions if standing.stops(code)), None)
    if stopping is not None and not remains:
        return closed.restricted(request, stopping, service)
    if entry.closing is not None and entry.closing.stops(timezone.now(), may_remain=remains):
        return closed.withdrawn(request, entry.closing)
    return None


def _no_change(request: HttpRequest, grant: Grant, service: Service | None) -> HttpResponse | None:
    """Why nothing may be sent by this grant: to consult only, or in its read-only years."""
    if grant.consult_only:
        return closed.consult_only(request)
    may_change = service is not None and service.changes_when_ended
    if not may_change and grant.is_read_only(timezone.localdate()):
        return closed.read_only(request, grant)
    return None


def _hashed(session_key: str | None) -> str:
    """Names a session in the journal without being able to open it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16] if session_key else ""
