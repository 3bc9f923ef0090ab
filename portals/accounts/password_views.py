"""Passwords: the first choice, and the way back in when one is lost."""

from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import limits
from portals.accounts.actions import choose_password, request_recovery
from portals.accounts.forms import NewPasswordForm, RecoveryForm
from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.accounts.network import address_of, network_of

TOKEN_IN_SESSION = "password_reset_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "choix"  # noqa: S105 what stands for the token in the address


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password_new(request: HttpRequest) -> HttpResponse:
    """The only page of a session opened with a temporary password."""
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    if not account.must_choose_password:
        return redirect(home_of(account))
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(by=account, password=form.cleaned_data["password"])
        update_session_auth_hash(request, account)
        return redirect(home_of(account))
    return render(request, "portals/accounts/password_new.html", {"form": form, "account": account})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the way back in (CGU-2.4). The answer is the same whoever is designated, or nobody."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["login"]
        network = network_of(address_of(request))
        try:
            limits.count(limits.RECOVERY_BY_NETWORK, network)
            limits.count(limits.RECOVERY_BY_CLAIM, network, typed.lower())
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        request_recovery(by=None, login=typed)
        return redirect("portals:password_forgotten_sent")
    return render(request, "portals/accounts/password_forgotten.html", {"form": form})


@login_not_required
@require_safe
def password_forgotten_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/accounts/password_forgotten_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Choose a password by the link of the e-mail, good for one hour and once.

    The token moves from the address to the session before any page is shown, so that no link, log or history of this
    page holds it. A second factor stays as it is.
    """
    account = _account_of(reference)
    if token != TOKEN_HIDDEN:
        if account is None or not default_token_generator.check_token(account, token):
            return _link_is_over(request)
        request.session[TOKEN_IN_SESSION] = token
        return redirect("portals:password_reset", reference=reference, token=TOKEN_HIDDEN)
    token_of_link = request.session.get(TOKEN_IN_SESSION, "")
    if account is None or not default_token_generator.check_token(account, token_of_link):
        return _link_is_over(request)
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(by=account, password=form.cleaned_data["password"])
        logout(request)
        return redirect("portals:password_reset_done")
    return render(request, "portals/accounts/password_reset.html", {"form": form, "account": account})


@login_not_required
@require_safe
def password_reset_done(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/accounts/password_reset_done.html")


def _account_of(reference: str) -> Account | None:
    """The open account of a link; None for a damaged link as for one of nobody."""
    try:
        number = int(urlsafe_base64_decode(reference))
    except (ValueError, OverflowError):
        return None
    if number.bit_length() > 63:
        return None
    return Account.objects.filter(pk=number, is_active=True).exclude(state=AccountState.CLOSED).first()


def _link_is_over(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/accounts/password_link_over.html", status=410)
