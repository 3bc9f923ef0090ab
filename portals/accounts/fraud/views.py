"""The page that blocks an account, signed in or not, and the page with the number (CGU-2.7)."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import limits
from portals.accounts.fraud.actions import report, request_report
from portals.accounts.fraud.forms import OwnReportForm, ReportForm
from portals.accounts.fraud.queries import report_of
from portals.accounts.fraud.references import is_well_formed
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of

BY_NETWORK = limits.Limit("fraud network", 30, 3600)
BY_CLAIM = limits.Limit("fraud claim", 5, 3600)


@login_not_required
@never_cache
@sensitive_post_parameters("identifier", "proof", "description")
@require_http_methods(["GET", "HEAD", "POST"])
def fraud(request: HttpRequest) -> HttpResponse:
    """One button for whoever is signed in; two answers and a neutral page for whoever is not."""
    if isinstance(request.user, Account):
        return _signed_in(request, request.user)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = network_of(address_of(request))
        try:
            limits.count(BY_NETWORK, network)
            limits.count(BY_CLAIM, network, form.cleaned_data["identifier"])
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        kept = request_report(by=None, **form.cleaned_data)
        return redirect("portals:fraud_received", reference=kept.reference)
    return render(request, "portals/fraud/report.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def fraud_received(request: HttpRequest, reference: str) -> HttpResponse:
    """The number, to note or to print. Signed out, it is the same page whoever was designated, or nobody."""
    kept = report_of(reference) if is_well_formed(reference) else None
    if kept is None:
        raise Http404
    return render(request, "portals/fraud/received.html", {"report": kept})


def _signed_in(request: HttpRequest, account: Account) -> HttpResponse:
    form = OwnReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = report(by=account, description=form.cleaned_data["description"])
        logout(request)
        response = redirect("portals:fraud_received", reference=kept.reference)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
    return render(request, "portals/fraud/report_own.html", {"form": form, "account": account})
