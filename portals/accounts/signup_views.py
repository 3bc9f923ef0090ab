"""Sign-up: one form per space, and one answer whoever asks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portals.access import closed
from portals.access.queries import closing_of
from portals.accounts import limits
from portals.accounts.actions import request_sign_up
from portals.accounts.forms import SIGN_UP_FORMS
from portals.accounts.landing import home_of
from portals.accounts.models import Account, Space
from portals.accounts.network import address_of, network_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup_member(request: HttpRequest) -> HttpResponse:
    return _sign_up(request, Space.MEMBER)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup_employer(request: HttpRequest) -> HttpResponse:
    return _sign_up(request, Space.EMPLOYER)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signup_professional(request: HttpRequest) -> HttpResponse:
    return _sign_up(request, Space.PROFESSIONAL)


@login_not_required
@require_safe
def signup_sent(request: HttpRequest) -> HttpResponse:
    """The same page for the known, the unknown and the already registered: nothing here depends on the answers."""
    return render(request, "portals/accounts/signup_sent.html")


def _sign_up(request: HttpRequest, space: Space) -> HttpResponse:
    if isinstance(request.user, Account):
        return redirect(home_of(request.user))
    closing = closing_of(space)
    if closing is not None and closing.stops(timezone.now(), may_remain=False):
        return closed.withdrawn(request, closing)
    form = SIGN_UP_FORMS[space](request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = network_of(address_of(request))
        try:
            limits.count(limits.SIGN_UP_BY_NETWORK, network)
            limits.count(limits.SIGN_UP_BY_CLAIM, network, space, form.cleaned_data[form.claimed])
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        request_sign_up(by=None, space=space, answers=form.answers())
        return redirect("portals:signup_sent")
    context = {"form": form, "space": space.value, "closing": closing}
    return render(request, f"portals/accounts/signup_{space}.html", context)
