"""A consultation that waits for an answer, on « Mes données ». Whoever ignores it reads no more of it than that."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portals.accounts.models import Account, Space
from privacy.consultations.models import Consultation
from privacy.consultations.queries import waiting_for
from privacy.rights.panels import Kept, Panel, register


def waiting(_request: HttpRequest, account: Account) -> "QuerySet[Consultation] | None":
    """Those that the account has not answered. Nothing to staff."""
    return None if account.space == Space.STAFF else waiting_for(account, timezone.localdate())


register(
    Panel(
        "consultations", column=2, order=60, template="privacy/consultations/panel.html",
        context=Kept(
            waiting, ("id", "title", "closes_on"), lambda _request, _account, rows: {"consultation": rows[0]},
            without={"consultation": None},
        ),
    )
)  # fmt: skip
