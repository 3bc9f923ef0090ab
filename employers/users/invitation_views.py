"""The link of an invitation: what it offers, and the answer (CGU-1.3).

The token moves from the address to the session before any page is shown, so that no link, log or history holds it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employers.users import acceptance
from employers.users.forms import NewcomerForm
from employers.users.invitations import AlreadyUser, InvitationOver
from portals.access.entry import ACTING_GRANT
from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of

TOKEN_IN_SESSION = "invitation_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "choix"  # noqa: S105 what stands for the token in the address
LINK_BY_NETWORK = limits.Limit("invitation network", 60, 3600)


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
            return redirect("invitations:invitation", token=TOKEN_HIDDEN)
        return _answer(request, request.session.get(TOKEN_IN_SESSION, ""), account)
    except InvitationOver:
        request.session.pop(TOKEN_IN_SESSION, None)
        return render(request, "employers/users/invitation_over.html", status=410)


@login_not_required
@require_safe
def invitation_accepted(request: HttpRequest) -> HttpResponse:
    """The newcomer's two e-mails are on their way."""
    return render(request, "employers/users/invitation_accepted.html")


def _answer(request: HttpRequest, token: str, account: Account | None) -> HttpResponse:
    offer = acceptance.offer_of(token, account)
    if account is not None and offer.is_for is None:
        return render(request, "employers/users/invitation_other.html", {"offer": offer}, status=403)
    if account is not None:
        return _answer_as(request, token, account, offer)
    if offer.has_account:
        again = reverse("invitations:invitation", kwargs={"token": TOKEN_HIDDEN})
        sign_in = f"{reverse('portals:login')}?{urlencode({'next': again})}"
        return render(request, "employers/users/invitation_known.html", {"offer": offer, "sign_in": sign_in})
    return _answer_as_newcomer(request, token, offer)


def _answer_as(request: HttpRequest, token: str, account: Account, offer: acceptance.Offer) -> HttpResponse:
    """Signed in at the invited address: one click, and one more company."""
    if request.method == "POST":
        try:
            grant = acceptance.accept(by=account, token=token)
        except AlreadyUser:
            return render(
                request, "employers/users/invitation_other.html", {"offer": offer, "inside": True}, status=403
            )
        del request.session[TOKEN_IN_SESSION]
        if grant.since <= timezone.localdate():
            request.session[ACTING_GRANT] = grant.pk
        return redirect("employers:home")
    return render(request, "employers/users/invitation.html", {"offer": offer, "form": None})


def _answer_as_newcomer(request: HttpRequest, token: str, offer: acceptance.Offer) -> HttpResponse:
    form = NewcomerForm(request.POST or None, is_mandate=offer.is_mandate)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            acceptance.accept_as_newcomer(
                by=None, token=token, name=answers["name"], organisation=answers.get("organisation", "")
            )
        except acceptance.AccountExists:  # opened between the two requests: the page says to sign in
            return redirect("invitations:invitation", token=TOKEN_HIDDEN)
        del request.session[TOKEN_IN_SESSION]
        return redirect("invitations:invitation_accepted")
    return render(request, "employers/users/invitation.html", {"offer": offer, "form": form})
