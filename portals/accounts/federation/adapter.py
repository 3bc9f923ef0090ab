"""What allauth does with an identity that comes back from a provider: our accounts only, never a new one."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string

from portals.accounts.adapter import may_sign_in
from portals.accounts.federation.actions import LinkedElsewhere, SomebodyElse, account_designated, link
from portals.accounts.federation.directory import IdentityProvider, provider_named
from portals.accounts.federation.protocol import is_answer_to
from portals.accounts.models import Account
from portals.signals import announce

OUTCOMES = "federation_outcome"
"""In the session: what to say on the next page, a key of `views.OUTCOMES`."""


class FederationAdapter(DefaultSocialAccountAdapter):
    """Identities open accounts that exist; sign-up has its own forms and its own checks."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        provider = provider_named(sociallogin.account.provider)
        if provider is None or not is_answer_to(sociallogin):
            self._refuse(request, provider, "unanswered")
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(self._connect(request, provider, sociallogin))
        if not sociallogin.is_existing:
            account = account_designated(provider, sociallogin.claims)
            if account is None:
                self._refuse(request, provider, "unknown")
            sociallogin.account = link(
                by=account, provider=provider, uid=sociallogin.account.uid, claims=sociallogin.claims
            )
            sociallogin.user = account
        if not _may_sign_in(sociallogin.user, provider):
            self._refuse(request, provider, "unknown")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Cancelled by the person or failed on the way: the same page, without the provider's own words."""
        self._refuse(request, provider_named(provider.app.provider_id), "failed")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Longer than allauth's: French providers ask for 32 signs at least."""
        return get_random_string(43)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """`actions.link` and `unlink` write to the person."""

    def _connect(self, request: HttpRequest, provider: IdentityProvider, login: SocialLogin) -> HttpResponse:
        outcome = "linked"
        if not isinstance(request.user, Account):
            return redirect("portals:login")
        try:
            link(by=request.user, provider=provider, uid=login.account.uid, claims=login.claims)
        except SomebodyElse:
            outcome = "somebody_else"
        except LinkedElsewhere:
            outcome = "linked_elsewhere"
        request.session[OUTCOMES] = outcome
        return redirect("portals:federation")

    def _refuse(self, request: HttpRequest, provider: IdentityProvider | None, outcome: str) -> NoReturn:
        announce("account.federated_sign_in", by=None, result="refused", details={"outcome": outcome})
        request.session[OUTCOMES] = outcome
        if provider is None:
            raise ImmediateHttpResponse(redirect("portals:login"))
        raise ImmediateHttpResponse(redirect("portals:federation_refused", provider.code))


def _may_sign_in(account: Account, provider: IdentityProvider) -> bool:
    """The same accounts as by password: a closed or locked one is not told apart from nobody's."""
    return account.space == provider.space and may_sign_in(account)
