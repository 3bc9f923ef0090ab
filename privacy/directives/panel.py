"""Directives on « Mes données »: whether some count, and the way to write them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portals.access.entry import entry_of
from portals.accounts.models import Account, Space
from privacy.consents.holders import Holder, holder_of_grant
from privacy.directives.models import Directives
from privacy.directives.queries import versions_of
from privacy.rights.models import Right
from privacy.rights.panels import Kept, Panel, register
from privacy.rights.registry import SelfService, TaskKind, register_self_services, register_tasks

SPACES = (Space.MEMBER, Space.EMPLOYER, Space.PROFESSIONAL)
TASK = "privacy.directives"


def kept(request: HttpRequest, account: Account) -> "QuerySet[Directives] | None":
    """One's own versions, the last first; not those of whom one acts for."""
    grant = entry_of(request).grant
    if account.space == Space.STAFF or (grant is not None and grant.represents and account.space == Space.MEMBER):
        return None
    if account.space == Space.MEMBER and grant is None:
        return None
    return versions_of(holder_of_grant(grant) if grant else Holder(account.space, account.pk))


def drawn(_request: HttpRequest, _account: Account, rows: list[Any]) -> Mapping[str, Any]:
    """`number` 0 on a revocation would say nothing: the row's own accord tells which it is."""
    last = rows[0]
    return {"last": last, "is_standing": bool(last.consent)}


register(
    Panel(
        "directives", column=2, order=70, template="privacy/directives/panel.html",
        context=Kept(kept, ("number", "consent", "at"), drawn, without={"last": None}),
    )
)  # fmt: skip
register_self_services(
    *(SelfService(Right.POST_MORTEM, space, "écrire mes directives", "privacy:directives") for space in SPACES)
)
register_tasks(
    TaskKind(
        code=TASK,
        label="Enregistrer les directives, ou dire où elles sont",
        rights=frozenset({Right.POST_MORTEM}),
        spaces=frozenset(space.value for space in SPACES),
        shows_words=True,
    )
)
