"""The public home, sign-in, sign-out, and the account's own page."""

from decimal import Decimal

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import limits, shut
from portals.accounts.actions import sign_out, validate_registration
from portals.accounts.federation.directory import configured
from portals.accounts.forms import SignInForm
from portals.accounts.landing import destination, home_of
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.network import address_of, network_of
from portals.accounts.queries import step_of
from portals.accounts.rules import Step
from portals.accounts.sessions import is_verified
from portals.terms.queries import acceptances_of

# In the order of the doors of the home page.
SIGN_UP_PAGES = {
    Space.MEMBER.value: "portals:signup_member",
    Space.EMPLOYER.value: "portals:signup_employer",
    Space.PROFESSIONAL.value: "portals:signup_professional",
}
# A consultation with a general practitioner: 30 €, 70 % less the fixed participation of 2 €, and the rest of the base.
EXAMPLE = {"scheme": Decimal("19.00"), "mutual": Decimal("9.00"), "own": Decimal("2.00")}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, and the sign-in form beside them (CGU-1.1)."""
    account = request.user
    own_space = home_of(account) if isinstance(account, Account) else ""
    context = {"form": SignInForm(request=request), "own_space": own_space, "example": EXAMPLE}
    return render(request, "portals/home.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One page for the three spaces: an account knows its own. `espace` only chooses the words around the form."""
    if isinstance(request.user, Account):
        return redirect(destination(request, request.user))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST":
        try:
            limits.count(limits.SIGN_IN_BY_NETWORK, network_of(address_of(request)))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = form.login(request, redirect_url=destination(request, form.user))
        return response
    if address := shut.page_for(request):
        return redirect(address)
    space = request.GET.get("espace", "")
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "door": space if space in SIGN_UP_PAGES else "",
        "sign_up_page": SIGN_UP_PAGES.get(space, "portals:home"),
        "providers": configured(space if space in SIGN_UP_PAGES else None),
    }
    response = render(request, "portals/accounts/sign_in.html", context, status=429 if form.pause else 200)
    if form.pause:
        response["Retry-After"] = str(form.pause)
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """GET asks, or says that nobody is signed in; POST ends the session and has the browser forget what it kept."""
    if request.method != "POST":
        return render(request, "portals/accounts/sign_out.html")
    if isinstance(request.user, Account):
        sign_out(by=request.user)
    logout(request)
    response = redirect("portals:logout")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The account as it stands, and every version of the terms that it accepted (CGU-1.7, 2.12)."""
    if not isinstance(request.user, Account):
        raise Http404
    context = {"account": request.user, "acceptances": acceptances_of(request.user)}
    return render(request, "portals/accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signup_complete(request: HttpRequest) -> HttpResponse:
    """The end of the registration: the space is open, or the step that is missing (CGU-1.6, 2.1)."""
    current = request.user
    if not isinstance(current, Account):
        raise Http404
    step = step_of(current, is_verified=is_verified(request))
    if step not in {None, Step.VALIDATION}:
        return redirect(step)
    if request.method == "POST":
        validate_registration(by=current)
        return redirect("portals:signup_complete")
    context = {"own_space": home_of(current), "is_open": current.state == AccountState.VALIDATED}
    return render(request, "portals/accounts/signup_complete.html", context)
