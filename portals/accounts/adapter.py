"""What sign-in by allauth does differently here: words, limits by network, temporary passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from portals.accounts.actions import TemporaryPasswordUsed, void_temporary_password
from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.accounts.network import network_of
from portals.accounts.sessions import begin
from portals.accounts.temporary_passwords import is_over
from portals.signals import announce

WRONG = "Identifiant ou mot de passe incorrect."


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter; second factors will be one more login stage, the last (`get_login_stages`)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": (
            "Trop d’essais\u00a0: réessayez dans cinq minutes, ou choisissez un nouveau mot de passe."
        ),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """An account that may sign in with these credentials. Temporary passwords that are over are wrong ones."""
        account = super().authenticate(request, **credentials)
        if account is None or not account.is_active or account.state == AccountState.CLOSED:
            return None
        return None if is_over(account.temporary_password_until, timezone.now()) else account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        announce("account.sign_in", by=None, result="refused")

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session. A temporary password is void from here on: the session can only choose a new one."""
        if user.temporary_password_until is not None:
            try:
                void_temporary_password(by=user)
            except TemporaryPasswordUsed as error:
                raise ImmediateHttpResponse(redirect("portals:login")) from error
        super().login(request, user)
        begin(request)
        announce("account.sign_in", by=user, object_kind="account", object_id=user.pk)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Only reached when no page was asked for."""
        return home_of(request.user) if isinstance(request.user, Account) else "/"

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return redirect("portals:login")

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages and nothing else: no JSON answers from the sign-in."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own messages are not shown: each page says what happened."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted by identifier and network, so that strangers cannot lock anybody out (security.md).

        Pinned by a test: the method is allauth's own.
        """
        login: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{network_of(self.get_client_ip(request))}:{login}"
