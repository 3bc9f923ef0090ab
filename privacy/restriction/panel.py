"""What « Mes données » says of a restriction, to the person whose data it is: the last one, standing or lifted."""

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.restriction.models import Freeze
from privacy.rights.panels import Kept, Panel, register


def restrictions(request: HttpRequest, account: Account) -> "QuerySet[Freeze] | None":
    """Those of whoever the page is about, the last first."""
    grant = entry_of(request).grant
    number = (grant.subject_id if grant else None) if account.space == Space.MEMBER else account.pk
    return Freeze.objects.filter(space=account.space, subject_id=number).order_by("-pk") if number is not None else None


register(
    Panel(
        "restriction", column=2, order=5, template="privacy/restriction/panel.html",
        context=Kept(
            restrictions, ("set_at", "lifted_at", "reason", "lift_reason"),
            lambda _request, _account, rows: {"row": rows[0]},
        ),
    )
)  # fmt: skip
