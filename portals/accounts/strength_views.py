"""The meter beside a new password: what the form would answer, said while it is being typed (CGU-2.5)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from portals.accounts import limits
from portals.accounts.actions import personal_words
from portals.accounts.network import address_of, network_of
from portals.accounts.password_views import account_choosing
from portals.accounts.passwords import strength_of


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@sensitive_variables("typed")
@require_POST
def password_strength(request: HttpRequest) -> HttpResponse:
    """`{"verdict": "trop faible" | "correct" | "solide", "advice": …}`, for whoever may choose a password right now.

    The password is neither kept nor logged, and nothing says later that it was tried.
    """
    account = account_choosing(request)
    if account is None:
        return redirect("portals:login")
    try:
        limits.count(limits.METER_BY_NETWORK, network_of(address_of(request)))
        limits.count(limits.METER_BY_SESSION, request.session.session_key or "")
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    typed = request.POST.get("password", "")
    strength = strength_of(typed, personal_words(account))
    return JsonResponse({"verdict": strength.verdict, "advice": strength.advice})
