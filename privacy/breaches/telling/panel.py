"""On « Mes données »: the breaches that the account was told of, read or not. Nothing when there was none."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portals.accounts.models import Account
from portals.alerts.models import Alert
from privacy.breaches.violations.models import Breach
from privacy.rights.panels import Panel, register


def breaches_panel(_request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """One query."""
    told = Alert.objects.filter(account=account, key__in=Breach.objects.values("reference")).order_by(
        "-placed_at", "-pk"
    )
    rows = list(told)
    return {"alerts": rows} if rows else None


register(Panel("breaches", column=2, order=5, template="privacy/breaches/panel.html", context=breaches_panel))
