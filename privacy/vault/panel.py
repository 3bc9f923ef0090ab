"""The vault on the page « Mes données »: the last case that is kept; for members alone."""

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.accounts.models import Account, Space
from privacy.rights.panels import Kept, Panel, register
from privacy.vault.models import MedicalCase


def kept(_request: HttpRequest, account: Account) -> "QuerySet[MedicalCase] | None":
    """The cases that are kept."""
    return MedicalCase.objects.filter(account=account, erased_at=None) if account.space == Space.MEMBER else None


register(
    Panel(
        "vault", column=2, order=80, template="privacy/vault/panel.html",
        context=Kept(
            kept, ("reference", "state", "outcome"), lambda _request, _account, rows: {"case": rows[0]},
            without={"case": None},
        ),
    )
)  # fmt: skip
