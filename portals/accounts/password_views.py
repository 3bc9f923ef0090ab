"""Passwords: the first choice, and the way back in when one is lost."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import known_networks, limits
from portals.accounts.actions import choose_password, request_recovery
from portals.accounts.forms import NewPasswordForm, RecoveryForm
from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.accounts.network import address_of, network_of
from portals.accounts.queries import step_of
from portals.accounts.rules import Step, needs_second_factor
from portals.accounts.security import sessions
from portals.accounts.sessions import is_verified

TOKEN_IN_SESSION = "password_reset_token"  # noqa: S105 the name of a key
REFERENCE_IN_SESSION = "password_reset_reference"
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
        sessions.keep_current(request, account)
        if not needs_second_factor(space=account.space, asked=account.second_factor_asked):
            known_networks.remember(account, network_of(address_of(request)))
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
    network = network_of(address_of(request))
    if token != TOKEN_HIDDEN:
        try:
            limits.count(limits.RESET_LINK_BY_NETWORK, network)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        if account is None or not default_token_generator.check_token(account, token):
            return _link_is_over(request)
        request.session[TOKEN_IN_SESSION] = token
        request.session[REFERENCE_IN_SESSION] = reference
        return redirect("portals:password_reset", reference=reference, token=TOKEN_HIDDEN)
    token_of_link = request.session.get(TOKEN_IN_SESSION, "")
    if account is None or not default_token_generator.check_token(account, token_of_link):
        return _link_is_over(request)
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(by=account, password=form.cleaned_data["password"])
        logout(request)
        limits.welcome_back(account.identifier, network)
        return redirect("portals:password_reset_done")
    return render(request, "portals/accounts/password_reset.html", {"form": form, "account": account})


@login_not_required
@require_safe
def password_reset_done(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/accounts/password_reset_done.html")


def account_choosing(request: HttpRequest) -> Account | None:
    """Whoever may choose a password in this session: by a link still good, at the first sign-in, or on their own page."""
    account = request.user
    if isinstance(account, Account):
        step = step_of(account, is_verified=is_verified(request))
        return account if step in {None, Step.PASSWORD} else None
    account_of_link = _account_of(request.session.get(REFERENCE_IN_SESSION, ""))
    token = request.session.get(TOKEN_IN_SESSION, "")
    is_good = account_of_link is not None and default_token_generator.check_token(account_of_link, token)
    return account_of_link if is_good else None


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
