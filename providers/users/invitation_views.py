"""The link of an invitation: what it offers, and the answer.

The token moves from the address to the session before any page is shown, so that no link, log or history holds it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import ACTING_GRANT
from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from providers.users import acceptance
from providers.users.forms import NewcomerForm
from providers.users.invitations import AlreadyInside, DelegationOver

TOKEN_IN_SESSION = "delegation_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "choix"  # noqa: S105 what stands for the token in the address
LINK_BY_NETWORK = limits.Limit("delegation network", 60, 3600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The same page, and the same status, for a link that expired, was withdrawn, has served or never was."""
    try:
        limits.count(LINK_BY_NETWORK, network_of(address_of(request)))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    account = request.user if isinstance(request.user, Account) else None
    try:
        if token != TOKEN_HIDDEN:
            acceptance.offer_of(token, account)
            request.session[TOKEN_IN_SESSION] = token
            return redirect("delegations:invitation", token=TOKEN_HIDDEN)
        return _answer(request, request.session.get(TOKEN_IN_SESSION, ""), account)
    except DelegationOver:
        request.session.pop(TOKEN_IN_SESSION, None)
        return render(request, "providers/users/invitation_over.html", status=410)


@login_not_required
@require_safe
def accepted(request: HttpRequest) -> HttpResponse:
    """The newcomer's two e-mails are on their way."""
    return render(request, "providers/users/invitation_accepted.html")


def _answer(request: HttpRequest, token: str, account: Account | None) -> HttpResponse:
    offer = acceptance.offer_of(token, account)
    if account is not None and offer.is_for is None:
        return render(request, "providers/users/invitation_other.html", {"offer": offer}, status=403)
    if account is not None:
        return _answer_as(request, token, account, offer)
    if offer.has_account:
        again = reverse("delegations:invitation", kwargs={"token": TOKEN_HIDDEN})
        sign_in = f"{reverse('portals:login')}?{urlencode({'next': again})}"
        return render(request, "providers/users/invitation_known.html", {"offer": offer, "sign_in": sign_in})
    return _answer_as_newcomer(request, token, offer)


def _answer_as(request: HttpRequest, token: str, account: Account, offer: acceptance.Offer) -> HttpResponse:
    """Signed in at the invited address: one click, and one more practice."""
    if request.method != "POST":
        return render(request, "providers/users/invitation.html", {"offer": offer, "form": None})
    try:
        grant = acceptance.accept(by=account, token=token)
    except AlreadyInside:
        return render(request, "providers/users/invitation_other.html", {"offer": offer, "inside": True}, status=403)
    del request.session[TOKEN_IN_SESSION]
    request.session[ACTING_GRANT] = grant.pk
    return redirect("providers:home")


def _answer_as_newcomer(request: HttpRequest, token: str, offer: acceptance.Offer) -> HttpResponse:
    form = NewcomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acceptance.accept_as_newcomer(by=None, token=token, name=form.cleaned_data["name"])
        except acceptance.AccountExists:  # opened between the two requests: the page says to sign in
            return redirect("delegations:invitation", token=TOKEN_HIDDEN)
        del request.session[TOKEN_IN_SESSION]
        return redirect("delegations:accepted")
    return render(request, "providers/users/invitation.html", {"offer": offer, "form": form})
