"""What the data protection officer orders: an erasure, a hold, its lifting. The web never erases: it writes the order."""

import datetime
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record
from privacy.erasure.models import Erasure, ErasureState, LegalHold, facts_of
from privacy.erasure.planning import Plan, plan_for
from privacy.erasure.registry import Target, answers_of


class AlreadyOrdered(Exception):
    """An erasure of this person waits to be done."""


class PlanChanged(Exception):
    """What would be done is no longer what was read."""


class NotStanding(Exception):
    """The hold is over or lifted."""


@transaction.atomic
def order(
    *, by: Account, target: Target, shown: list[dict[str, object]], request_number: str = "",
    kinds: Collection[str] = (),
) -> Erasure:  # fmt: skip
    """Order what the plan says, as it was shown. `kinds`: as in `planning.dooms`. Raises AlreadyOrdered or PlanChanged."""
    with isolation.system():
        plan = plan_for(target, timezone.localdate(), kinds)
        if stored(plan) != shown:
            raise PlanChanged
        try:
            with transaction.atomic():
                erasure = Erasure.objects.create(
                    **facts_of(target, answers_of(target.space).relation(target)),
                    request_number=request_number,
                    kinds=list(kinds),
                    plan=shown,
                    ordered_by=by,
                )
        except IntegrityError as twice:
            raise AlreadyOrdered from twice
    record("erasure.ordered", by=by, object_kind="erasure", object_id=erasure.pk)
    return erasure


@transaction.atomic
def hold(
    *, by: Account, target: Target, reason: str, until: datetime.date, case_reference: str = "", is_told: bool = True
) -> LegalHold:
    """Keep what the law would let go of, for a dispute or an inquiry; everything, for a file that names itself."""
    with isolation.system():
        row = LegalHold.objects.create(
            space=target.space,
            tenant_id=target.tenant_id,
            subject_id=target.subject_id,
            reason=reason,
            until=until,
            case_reference=case_reference,
            is_told=is_told,
            set_by=by,
        )
    record("erasure.held", by=by, object_kind="legalhold", object_id=row.pk)
    return row


@transaction.atomic
def release(*, by: Account, legal_hold: LegalHold) -> None:
    """Lift a hold before its day. Raises NotStanding."""
    with isolation.system():
        changed = LegalHold.objects.filter(pk=legal_hold.pk, lifted_at=None).update(
            lifted_at=timezone.now(), lifted_by=by
        )
    if not changed:
        raise NotStanding
    record("erasure.released", by=by, object_kind="legalhold", object_id=legal_hold.pk)


def stored(plan: Plan) -> list[dict[str, object]]:
    """The plan as it is kept with the order, and compared with what was shown."""
    return [{**line.stored(), "emptied": list(line.emptied), "kept": list(line.kept)} for line in plan.lines]


def is_waiting(target: Target) -> bool:
    """Whether an erasure of this person is ordered and not done. In the system's or the staff's context."""
    return Erasure.objects.filter(space=target.space, subject_id=target.subject_id, state=ErasureState.ORDERED).exists()
