"""The terms of use: the public text and its archive, and the page where they are accepted."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.landing import home_of
from portals.accounts.models import Account, AccountState
from portals.documents.actions import as_attachment
from portals.terms.actions import NotTheTermsInForce, accept
from portals.terms.comparison import compare
from portals.terms.forms import AcceptanceForm
from portals.terms.history import history_pdf
from portals.terms.models import Capacity, TermsVersion
from portals.terms.queries import current_terms, published_terms, version_before
from portals.terms.sessions import remember_terms
from portals.terms.wording import DECLARATION

HISTORY_BY_ACCOUNT = limits.Limit("terms history", 10, 3600)
"""Laying out the whole texts takes a second of a processor."""


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The version in force, readable and printable by anyone (CGU-1.5)."""
    version = current_terms()
    return _reading(request, version) if version else _none_in_force(request)


@login_not_required
@require_safe
def terms_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version of the archive, past, in force or announced."""
    return _reading(request, _published(number))


@login_not_required
@require_safe
def terms_comparison(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What changed between two versions, from the older to the newer whatever the order of the address."""
    before, after = _published(min(number, other)), _published(max(number, other))
    if before == after:
        raise Http404
    articles = compare(before.text, after.text)
    context = {
        "before": before,
        "after": after,
        "articles": [article for article in articles if article.fate != "same"],
        "unchanged": [article for article in articles if article.fate == "same"],
        "archive": published_terms(),
    }
    return render(request, "portals/terms/comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def terms_acceptance(request: HttpRequest) -> HttpResponse:
    """Read and accept the version in force; the text scrolls inside the form (CGU-2.8)."""
    account = account_of(request)
    version = current_terms()
    if version is None:
        return _none_in_force(request)
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
        "accepted": account.accepted_terms,
    }
    return render(request, "portals/terms/acceptance.html", context)


@require_safe
def terms_refused(request: HttpRequest) -> HttpResponse:
    """What remains to whoever does not accept (CGU-2.12)."""
    return render(request, "portals/terms/refused.html")


@never_cache
@require_safe
def terms_history_pdf(request: HttpRequest) -> HttpResponse:
    """Every version that the account accepted, with the evidence and the texts, in a signed PDF (CGU-2.12)."""
    account = account_of(request)
    try:
        limits.count(HISTORY_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    response = HttpResponse(history_pdf(by=account), content_type="application/pdf")
    return as_attachment(response, "cgu-acceptees.pdf")


def _published(number: int) -> TermsVersion:
    return get_object_or_404(TermsVersion, number=number, published_at__lte=timezone.now())


def _none_in_force(request: HttpRequest) -> HttpResponse:
    """Nothing opens without terms to accept: say so, rather than that the page does not exist."""
    return render(request, "portals/terms/none_in_force.html", status=503)


def _reading(request: HttpRequest, version: TermsVersion) -> HttpResponse:
    context = {
        "version": version,
        "in_force": current_terms(),
        "before": version_before(version),
        "archive": published_terms(),
    }
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
    remember_terms(request, version.number)
    return True


def _after(account: Account, *, was_member_of_the_space: bool) -> HttpResponse:
    """The first acceptance ends the registration; a later one leads back to the space."""
    if account.state == AccountState.VALIDATED and was_member_of_the_space:
        return redirect(home_of(account))
    return redirect("portals:signup_complete")
