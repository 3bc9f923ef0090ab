"""What « Mes données » says of a restriction, to the person whose data it is."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.restriction.models import Freeze
from privacy.rights.panels import Panel, register


def panel(request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """The last restriction, standing or lifted; nothing when there never was one. One query."""
    grant = entry_of(request).grant
    number = (grant.subject_id if grant else None) if account.space == Space.MEMBER else account.pk
    if number is None:
        return None
    row = Freeze.objects.filter(space=account.space, subject_id=number).order_by("-pk").first()
    return {"row": row} if row else None


register(Panel("restriction", column=2, order=5, template="privacy/restriction/panel.html", context=panel))
