"""The terms of use: the public text and its archive, and the page where they are accepted."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.terms.actions import NotTheTermsInForce, accept
from portals.terms.forms import AcceptanceForm
from portals.terms.models import Capacity, TermsVersion
from portals.terms.queries import current_terms, published_terms
from portals.terms.wording import DECLARATION


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The version in force, readable and printable by anyone (CGU-1.5)."""
    return _reading(request, _in_force())


@login_not_required
@require_safe
def terms_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version of the archive, past, in force or announced."""
    return _reading(request, get_object_or_404(TermsVersion, number=number, published_at__lte=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def terms_acceptance(request: HttpRequest) -> HttpResponse:
    """Read and accept the version in force; the text scrolls inside the form (CGU-2.8)."""
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    version = _in_force()
    if account.accepted_terms_id == version.pk:
        return redirect(home_of(account))
    form = AcceptanceForm(request.POST or None, initial={"version": version.number})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["version"] == version.number and _accepts(request, account, version, form):
            return _after(account, was_member_of_the_space=account.acceptances.count() > 1)
        form = AcceptanceForm(initial={"version": version.number})
        form_is_stale = True
    else:
        form_is_stale = False
    context = {
        "version": version,
        "form": form,
        "form_is_stale": form_is_stale,
        "declaration": DECLARATION,
        "is_renewal": account.accepted_terms_id is not None,
    }
    return render(request, "portals/terms/acceptance.html", context)


@require_safe
def terms_refused(request: HttpRequest) -> HttpResponse:
    """What remains to whoever does not accept (CGU-2.12)."""
    return render(request, "portals/terms/refused.html")


def _in_force() -> TermsVersion:
    version = current_terms()
    if version is None:
        raise Http404
    return version


def _reading(request: HttpRequest, version: TermsVersion) -> HttpResponse:
    context = {"version": version, "in_force": current_terms(), "archive": published_terms()}
    return render(request, "portals/terms/terms.html", context)


def _accepts(request: HttpRequest, account: Account, version: TermsVersion, form: AcceptanceForm) -> bool:
    """False when a newer version came into force while this one was being read."""
    try:
        accept(
            by=account,
            ticked=form.cleaned_data["accept"],
            version=version,
            capacity=Capacity(form.cleaned_data["capacity"]),
            representative_name=form.cleaned_data["representative_name"],
            address=get_adapter().get_client_ip(request),
        )
    except NotTheTermsInForce:
        return False
    return True


def _after(account: Account, *, was_member_of_the_space: bool) -> HttpResponse:
    """The first acceptance ends the registration; a later one leads back to the space."""
    if account.state == AccountState.VALIDATED and was_member_of_the_space:
        return redirect(home_of(account))
    return redirect("portals:signup_complete")
