"""The looks at a record, a month at a time, grouped by who, what and day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, StringAgg, Value
from django.db.models.functions import TruncDay

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from privacy.audit.kinds import OperationKind, actions_of
from privacy.audit.models import Entry
from privacy.audit.searching import about_account, about_person, between

SHOWN = 200
LOOKING = actions_of(OperationKind.LOOK, OperationKind.FILE)
NOT_AT_ANYBODY = {"rights.looked_up"}
"""Told by the room that keeps it, with the name of the practice."""


@dataclass(frozen=True)
class Group:
    """The same look, by the same account, on the same day."""

    account_id: int
    space: str
    acting_as: str
    action: str
    object_kind: str
    motive: str
    last: datetime.datetime
    times: int


def looks_at(about: Q, since: datetime.datetime, until: datetime.datetime) -> QuerySet[Entry]:
    """The looks and exports of a period that concern somebody; refused ones showed nothing."""
    actions = sorted(set(LOOKING) - NOT_AT_ANYBODY)
    return between(since, until).filter(about, action__in=actions, result="done", account_id__isnull=False)


def groups_of(entries: QuerySet[Entry]) -> list[Group]:
    """Newest first, at most `SHOWN`. One query."""
    fields = ("account_id", "space", "acting_as", "action", "object_kind", "details__motive", "day")
    rows: Any = entries.annotate(day=TruncDay("at")).values(*fields)
    rows = rows.annotate(last=Max("at"), times=Count("id")).order_by("-last")[:SHOWN]
    return [
        Group(
            row["account_id"], row["space"], row["acting_as"], row["action"], row["object_kind"],
            row["details__motive"] or "", row["last"], row["times"],
        )
        for row in rows
    ]  # fmt: skip


def about_viewer(account: Account, person_id: int | None) -> Q:
    """What concerns the person and, when it is theirs, the account."""
    return about_person(person_id) if person_id else about_account(account.pk)


@dataclass(frozen=True)
class Named:
    """Who looked: a name, the roles of staff, and whether it is an account of the person whose record it is."""

    name: str
    roles: str
    is_own: bool


def named_of(account_ids: Iterable[int], person_id: int | None) -> dict[int, Named]:
    """Those who looked, by account. One query."""
    roles = StringAgg("groups__name", Value(", "), order_by="groups__name", default=Value(""))
    covers = Grant.objects.filter(account=OuterRef("pk"), space=Space.MEMBER, basis=Basis.COVER)
    own = covers.filter(subject_id=person_id) if person_id else Grant.objects.none()
    rows = Account.objects.filter(pk__in=set(account_ids)).annotate(roles=roles, is_own=Exists(own))
    return {row.pk: Named(row.organisation_name or row.display_name, row.roles, row.is_own) for row in rows}
