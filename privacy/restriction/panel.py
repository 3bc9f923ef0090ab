"""What « Mes données » says of a restriction, to the person whose data it is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.restriction.models import Freeze
from privacy.rights.panels import Panel, register


def panel(request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """The last restriction, standing or lifted. One query."""
    rows = _restrictions(request, account)
    return {"row": rows.order_by("-pk").first()} if rows is not None else None


def _restrictions(request: HttpRequest, account: Account) -> "QuerySet[Freeze] | None":
    grant = entry_of(request).grant
    number = (grant.subject_id if grant else None) if account.space == Space.MEMBER else account.pk
    return Freeze.objects.filter(space=account.space, subject_id=number) if number is not None else None


register(
    Panel(
        "restriction", column=2, order=5, template="privacy/restriction/panel.html", context=panel, rows=_restrictions
    )
)
