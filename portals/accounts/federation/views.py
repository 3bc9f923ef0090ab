"""To the provider and back; the page where an account is linked and unlinked."""

from collections.abc import Callable

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests.exceptions import RequestException

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.federation.actions import unlink
from portals.accounts.federation.adapter import OUTCOMES
from portals.accounts.federation.directory import IdentityProvider, configured, provider_named
from portals.accounts.federation.protocol import FederatedAdapter
from portals.accounts.landing import destination, destination_in
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.accounts.security.step_up import step_up_required

BY_NETWORK = limits.Limit("federation network", 60, 600)


@login_not_required
@never_cache
@require_safe
def federation_login(request: HttpRequest, provider_code: str) -> HttpResponse:
    """Leave for the provider, to sign in. The page asked for is kept, if it is on this site."""
    provider = _provider(provider_code)
    if isinstance(request.user, Account):
        return redirect(destination(request, request.user))
    return _leave(request, provider, AuthProcess.LOGIN, next_url=destination_in(request, provider.space))


@never_cache
@require_safe
@step_up_required
def federation_link(request: HttpRequest, provider_code: str) -> HttpResponse:
    """Leave for the provider, to link the account of this session."""
    provider = _provider(provider_code)
    if account_of(request).space != provider.space:
        raise Http404
    return _leave(request, provider, AuthProcess.CONNECT)


@login_not_required
@never_cache
@require_safe
def federation_callback(request: HttpRequest, provider_code: str) -> HttpResponse:
    """Back from the provider. What follows is allauth's sign-in, with its stages: the second factor is not skipped."""
    provider = _provider(provider_code)
    return _exchange(request, provider, lambda federated: OAuth2CallbackView.adapter_view(federated)(request))


@login_not_required
@never_cache
@require_safe
def federation_refused(request: HttpRequest, provider_code: str) -> HttpResponse:
    """Why the identity did not open an account, and what to do."""
    context = {"provider": _provider(provider_code), "outcome": request.session.pop(OUTCOMES, "failed")}
    return render(request, "portals/federation/refused.html", context, status=403)


@require_safe
def federation(request: HttpRequest) -> HttpResponse:
    """The identities that open this account."""
    account = account_of(request)
    providers = configured(account.space)
    if not providers:
        raise Http404
    linked = set(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))
    context = {
        "rows": [(provider, provider.code in linked) for provider in providers],
        "outcome": request.session.pop(OUTCOMES, ""),
    }
    return render(request, "portals/federation/federation.html", context)


@require_POST
@step_up_required
def federation_unlink(request: HttpRequest, provider_code: str) -> HttpResponse:
    """The identity no longer opens this account."""
    unlink(by=account_of(request), provider=_provider(provider_code))
    request.session[OUTCOMES] = "unlinked"
    return redirect("portals:federation")


def _provider(code: str) -> IdentityProvider:
    provider = provider_named(code)
    if provider is None:
        raise Http404
    return provider


def _leave(
    request: HttpRequest, provider: IdentityProvider, process: str, *, next_url: str | None = None
) -> HttpResponse:
    try:
        limits.count(BY_NETWORK, network_of(address_of(request)))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    return _exchange(
        request, provider, lambda federated: federated.get_provider().redirect(request, process, next_url=next_url)
    )


def _exchange(
    request: HttpRequest, provider: IdentityProvider, step: Callable[[FederatedAdapter], HttpResponse]
) -> HttpResponse:
    """One step with the provider. allauth reads its addresses first, and lets the error out when it does not answer."""
    federated = FederatedAdapter(request, provider.code)
    try:
        return step(federated)
    except RequestException as error:
        refused: HttpResponse = render_authentication_error(request, federated.get_provider(), exception=error)
        return refused
