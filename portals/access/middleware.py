"""One transaction per request, with the account's tenant as its row-level context; then the space."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from portals.access.entry import enter
from portals.access.reference import RequestTrace, current, remember
from portals.accounts.models import Account, AccountState, Space

SPACES_BY_NAMESPACE = {
    "members": Space.MEMBER,
    "employers": Space.EMPLOYER,
    "providers": Space.PROFESSIONAL,
}


class NoOpenGrant(PermissionDenied):
    """The account is of this space, but nothing gives it access today."""


class IsolationMiddleware:
    """Runs the view in one transaction that sees the grant's rows and no others.

    Sets `request.grant` and, for the gate, `request.terms_in_force_id`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            self._enter(request)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, _request: HttpRequest, _error: Exception) -> None:
        """A view that raised leaves nothing behind (404 and 403 included: they wrote nothing to keep)."""
        transaction.set_rollback(True)

    def _enter(self, request: HttpRequest) -> None:
        account = request.user
        request.grant = None  # type: ignore[attr-defined]  # the contract of every view
        if not isinstance(account, Account):
            return
        entry = enter(account, timezone.localdate())
        request.grant = entry.grant  # type: ignore[attr-defined]
        request.terms_in_force_id = entry.terms_in_force_id  # type: ignore[attr-defined]
        remember(
            RequestTrace(
                reference=current().reference,
                session_hash=_hashed(request.session.session_key),
                terms_number=entry.accepted_number,
                space=account.space,
                tenant_id=entry.grant.tenant_id if entry.grant else None,
            )
        )


class SpaceMiddleware:
    """Another space's pages do not exist; one's own are closed without a grant (CGU-1.1)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        match = request.resolver_match
        space = SPACES_BY_NAMESPACE.get(match.namespaces[0]) if match and match.namespaces else None
        account = request.user
        if space is None or not isinstance(account, Account):
            return
        if account.space != space:
            raise Http404
        if account.state == AccountState.VALIDATED and request.grant is None:  # type: ignore[attr-defined]
            raise NoOpenGrant("Votre accès à cet espace est terminé ou n’a pas encore commencé.")


def _hashed(session_key: str | None) -> str:
    """Names a session in the journal without being able to open it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16] if session_key else ""
