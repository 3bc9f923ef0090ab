"""Reporting an error from any page, signed in or not; following it by its number; the public list of corrections."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.correspondence.reports.actions import report
from portals.correspondence.reports.forms import ReportForm
from portals.correspondence.reports.models import ErrorReport, ReportedState
from portals.correspondence.reports.pages import as_named

BY_NETWORK = limits.Limit("error report network", 20, 3600)
BY_ACCOUNT = limits.Limit("error report account", 10, 3600)
SHOWN = 50


@login_not_required
@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def error_report(request: HttpRequest) -> HttpResponse:
    """The form knows which page it was opened from (CGU-5.1)."""
    form = ReportForm(request.POST or None, initial={"page": as_named(request.GET.get("page", ""))})
    if request.method == "POST" and form.is_valid():
        by = request.user if isinstance(request.user, Account) else None
        try:
            limits.count(BY_ACCOUNT, str(by.pk)) if by else limits.count(BY_NETWORK, network_of(address_of(request)))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        kept = report(by=by, **form.cleaned_data)
        return redirect("portals:error_report_followed", number=kept.number)
    page = as_named(request.POST.get("page", "") or request.GET.get("page", ""))
    return render(request, "portals/correspondence/reports/report.html", {"form": form, "page": page})


@login_not_required
@never_cache
@require_safe
def error_report_followed(request: HttpRequest, number: str) -> HttpResponse:
    """Where a report stands. Whoever has the number may read it: it says nothing of who reported, nor what they wrote."""
    followed = get_object_or_404(ErrorReport.objects.defer("words_sealed"), number=number)
    return render(request, "portals/correspondence/reports/followed.html", {"report": followed})


@login_not_required
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected and when, the last first."""
    corrected = ErrorReport.objects.filter(state=ReportedState.CORRECTED).defer("words_sealed")
    context = {"corrections": list(corrected.order_by("-decided_at")[:SHOWN])}
    return render(request, "portals/correspondence/reports/corrections.html", context)
