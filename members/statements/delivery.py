"""Online or on paper (CGU-3.8): online from the day an account opens, unless its holder wants paper too; on paper again
when it is deleted (CGU-7.7).

The shared core knows no member: this room listens to its operations.
"""

import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from members.households.models import Person
from members.statements.models import Statement, StatementDelivery
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from privacy.audit import record

ONLINE_WHEN = {"account.validated": True, "account.deleted": False}


def on_operation(*, action: str, by: Account | None, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`, in its transaction."""
    online = ONLINE_WHEN.get(action)
    if online is None:
        return
    grants = Grant.objects.filter(account_id=object_id, space=Space.MEMBER, basis=Basis.COVER)
    for grant in grants:
        # The operation may come from a page or from a worker: the row is written in its own household's context.
        with isolation.tenant(grant.space, grant.tenant_id):
            _choose(grant, online=online, by=by)


def choose(*, person: Person, online: bool, by: Account) -> None:
    """What the person, or whoever represents them, chooses from now on. The same choice again adds nothing."""
    with transaction.atomic():
        _write(person, online=online, by=by)


def is_online(person_id: int) -> bool:
    """Whether the person's statements come online only, today."""
    latest = StatementDelivery.objects.filter(person_id=person_id).order_by("-since", "-pk").first()
    return latest is not None and latest.online


def on_paper(statements: QuerySet[Statement], at: datetime.datetime) -> QuerySet[Statement]:
    """Those of the statements that go to the print shop: their recipient had not chosen online at that instant."""
    chosen = StatementDelivery.objects.filter(person_id=OuterRef("recipient_id"), since__lte=at)
    latest = chosen.order_by("-since", "-pk").values("online")[:1]
    return statements.annotate(is_online=Subquery(latest)).filter(Q(is_online=None) | Q(is_online=False))


def _choose(grant: Grant, *, online: bool, by: Account | None) -> None:
    person = Person.objects.filter(pk=grant.subject_id, household_id=grant.tenant_id).first()
    if person is not None:
        _write(person, online=online, by=by)


def _write(person: Person, *, online: bool, by: Account | None) -> None:
    if is_online(person.pk) == online:
        return
    StatementDelivery.objects.create(person=person, household_id=person.household_id, online=online)
    word = "online" if online else "paper"
    record("statements.delivery_changed", by=by, object_kind="person", object_id=person.pk, details={"to": word})
