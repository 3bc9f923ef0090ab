"""On « Mes données »: the breaches that the account was told of, read or not. Nothing when there was none."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.accounts.models import Account
from portals.alerts.models import Alert
from privacy.breaches.violations.models import Breach
from privacy.rights.panels import Panel, register


def breaches_panel(_request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """One query."""
    return {"alerts": list(_told(account).order_by("-placed_at", "-pk"))}


def _told(account: Account) -> "QuerySet[Alert]":
    return Alert.objects.filter(account=account, key__in=Breach.objects.values("reference"))


register(
    Panel(
        "breaches", column=2, order=5, template="privacy/breaches/panel.html", context=breaches_panel,
        rows=lambda _request, account: _told(account),
    )
)  # fmt: skip
