"""The vault on the page « Mes données »."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.accounts.models import Account, Space
from privacy.rights.panels import Panel, register
from privacy.vault.models import MedicalCase


def vault_panel(_request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """The last case that is kept."""
    return {"case": _kept(account).first()}


def _kept(account: Account) -> "QuerySet[MedicalCase]":
    return MedicalCase.objects.filter(account=account, erased_at=None)


register(
    Panel(
        "vault", column=2, order=80, template="privacy/vault/panel.html", context=vault_panel, without={"case": None},
        rows=lambda _request, account: _kept(account) if account.space == Space.MEMBER else None,
    )
)  # fmt: skip
