"""One's own choices, on « Mes données »: the boxes, and the button that saves them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.consents.holders import Holder, holder_of_grant
from privacy.consents.queries import offered_to
from privacy.rights import panels


def panel(request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """What is offered to the person whose space it is. Nothing to staff, who have no choice here."""
    if account.space == Space.STAFF:
        return None
    grant = entry_of(request).grant
    offered = offered_to(holder_of_grant(grant) if grant else Holder(account.space, account.pk))
    return {"offered": offered, "read": ",".join(str(one.text.pk) for one in offered)}


panels.register(panels.Panel("choices", column=1, order=20, template="privacy/consents/panel.html", context=panel))
