"""What sign-in by allauth does differently here: words, limits by network, temporary passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from portals.accounts import known_networks, limits, shut
from portals.accounts.actions import TemporaryPasswordUsed, void_temporary_password
from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.accounts.network import address_of, network_of
from portals.accounts.rules import needs_second_factor
from portals.accounts.sessions import begin, is_verified
from portals.accounts.temporary_passwords import is_over
from portals.secrets import blind_index
from portals.signals import announce

WRONG = "Identifiant ou mot de passe incorrect."
OVER_THE_LIMIT = "too_many_login_attempts"
NETWORK = "privacy_entry.network"
"""What the networks of refused sign-ins are hashed for: a hash of the journal says nothing elsewhere."""
RESERVATION = "password_check"
"""On the request: the check that its password has taken (`limits.Reservation`)."""
TOO_MANY = (
    "Trop d’essais\u00a0: réessayez {wait}, ou choisissez un nouveau mot de passe par «\u00a0Identifiant ou mot de passe "
    "oublié\u00a0»."
)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter. The second factor is the last stage of a sign-in: no session exists before it."""

    error_messages = DefaultAccountAdapter.error_messages | {"username_password_mismatch": WRONG}

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "portals.accounts.second_factor.stage.SecondFactorStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take one password check before any hash is computed: our budgets stand in for allauth's count of failures.

        Pinned by a test: the method is allauth's own.
        """
        network = network_of(address_of(request))
        try:
            reservation = limits.reserve_password_check(credentials.get("username", ""), network)
        except limits.LimitReached as reached:
            message = TOO_MANY.format(wait=limits.in_words(reached.seconds))
            raise ValidationError(message, code=OVER_THE_LIMIT, params={"seconds": reached.seconds}) from reached
        setattr(request, RESERVATION, reservation)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """An account that may sign in with these credentials. Its check is given back when the session opens: the right
        password without the code that goes with it is a try like another.

        The right password of an account that is closed or locked, or a temporary one that is over, is a wrong one.
        """
        account = super().authenticate(request, **credentials)
        if account is None:
            return None
        if not may_sign_in(account):
            shut.note(request, account)
            self.authentication_failed(request, **credentials)
            return None
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Noted with the account whose identifier was typed, if there is one, and the network by its keyed hash: what the
        watch over the journal counts (PDP-7.6). Both cases ask the same one query."""
        known = Account.objects.filter(identifier=credentials.get("username", "")).values_list("pk", flat=True).first()
        network = blind_index(NETWORK, network_of(address_of(request))).hex()[:16]
        announce(
            "account.sign_in",
            by=None,
            object_kind="account" if known else "",
            object_id=known or "",
            result="refused",
            details={"network": network},
        )

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session. A temporary password is void from here on: the session can only choose a new one."""
        if user.temporary_password_until is not None:
            try:
                void_temporary_password(by=user)
            except TemporaryPasswordUsed as error:
                raise ImmediateHttpResponse(redirect("portals:login")) from error
        super().login(request, user)
        begin(request)
        reservation: limits.Reservation | None = getattr(request, RESERVATION, None)
        if reservation is not None:
            reservation.refund()
        if is_verified(request) or not (user.must_choose_password or _needs_second_factor(user)):
            known_networks.remember(user, network_of(address_of(request)))
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

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth counts nothing here, so it has nothing to give back."""


def may_sign_in(account: Account) -> bool:
    """Whether the right password opens the account: not one that is closed or locked, nor a temporary one that is over."""
    is_open = account.is_active and account.state != AccountState.CLOSED and account.locked_at is None
    return is_open and not is_over(account.temporary_password_until, timezone.now())


def _needs_second_factor(account: Account) -> bool:
    return needs_second_factor(space=account.space, asked=account.second_factor_asked)
