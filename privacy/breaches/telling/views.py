"""The page that the alert and the e-mail lead to: what happened, which data, what to do (RGPD, art. 34.2)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of
from portals.accounts.landing import home_of
from portals.alerts.models import Alert
from privacy.audit import record
from privacy.breaches.telling.actions import read_by
from privacy.breaches.violations.models import Breach, DataCategory


@require_http_methods(["GET", "HEAD", "POST"])
def breach_told(request: HttpRequest, reference: str) -> HttpResponse:
    """GET tells it, POST says that it was read. 404 for an account that it does not concern."""
    account = account_of(request)
    alert = Alert.objects.filter(account=account, key=reference).first()
    breach = Breach.objects.filter(reference=reference).first() if alert else None
    if alert is None or breach is None:
        raise Http404
    if request.method == "POST":
        read_by(by=account, breach=breach)
        return redirect(home_of(account))
    record("breach.consulted", by=account, object_kind="breach", object_id=breach.pk)
    context = {
        "breach": breach,
        "alert": alert,
        "categories": [DataCategory(code).label for code in breach.data_categories],
        "back": reverse("portals:account"),
    }
    return render(request, "privacy/breaches/told.html", context)
