"""The copy of one's data, on « Mes données », once it was asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portals.accounts.export.models import AccountExport
from portals.accounts.export.queries import latest_of, ready_of
from portals.accounts.models import Account
from privacy.rights.panels import Kept, Panel, register


def copy_panel(_request: HttpRequest, account: Account, _rows: list[Any]) -> Mapping[str, Any] | None:
    """Where the latest copy is; nothing when none was asked for, or when it was taken away."""
    latest = latest_of(account)
    if latest is None:
        return None
    ready = ready_of(account)
    return {"copy": ready or latest, "is_ready": ready is not None} if ready or latest.state == "asked" else None


register(
    Panel(
        "copy", column=2, order=5, template="privacy/export/panel.html",
        context=Kept(lambda _request, account: AccountExport.objects.filter(account=account), ("id",), copy_panel),
    )
)  # fmt: skip
