"""On « Mes données »: the breaches that the account was told of, read or not. Nothing when there was none."""

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.accounts.models import Account
from portals.alerts.models import Alert
from privacy.breaches.violations.models import Breach
from privacy.rights.panels import Kept, Panel, register

SHOWN = 20


def told(_request: HttpRequest, account: Account) -> "QuerySet[Alert]":
    """The alerts of this account that speak of a breach, the last first."""
    alerts = Alert.objects.filter(account=account, key__in=Breach.objects.values("reference"))
    return alerts.order_by("-placed_at", "-pk")


register(
    Panel(
        "breaches", column=2, order=5, template="privacy/breaches/panel.html",
        context=Kept(
            told, ("key", "path", "placed_at", "read_at"), lambda _request, _account, rows: {"alerts": rows}, most=SHOWN
        ),
    )
)  # fmt: skip
