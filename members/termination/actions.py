"""Asking for the end of a policy, changing one's mind, and ending it on its day."""

import datetime
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.card.renewing import refresh_later
from members.coverage.models import Cover, Policy
from members.households.rules import Viewpoint
from members.termination.emails import Told, tell
from members.termination.models import State, Termination
from members.termination.queries import standing_of_policy
from members.termination.rules import DAY, Obstacle, check_last_day, may_cancel
from portals.access import expiry, isolation
from portals.access.models import Grant
from portals.accounts.models import Account, Space
from portals.jobs import Job, enqueue, handler
from portals.presentation.formats import PARIS
from privacy.audit import record

EFFECT = "termination.effect"
END_REASON = "résiliation"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NotPossible(Exception):
    """The law or the contract does not let this policy be ended here and now; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


class NotRunning(Exception):
    """The request is cancelled, refused or done."""


@transaction.atomic
def ask_termination(
    *, by: Account, viewpoint: Viewpoint, policy_id: int, ends_on: datetime.date | None = None
) -> Termination:
    """Receive the request of the member, today. Without a day, the earliest.

    Raises NotPossible, `rules.DayRefused`, Policy.DoesNotExist.
    """
    Policy.objects.select_for_update(of=("self",)).get(pk=policy_id, household_id=viewpoint.household_id)
    standing = standing_of_policy(viewpoint, policy_id)
    if standing is None or standing.obstacle is not None:
        raise NotPossible(standing.obstacle if standing and standing.obstacle else Obstacle.ENDED)
    last = check_last_day(standing, ends_on or standing.earliest)
    termination = Termination.objects.create(
        number=_number(), household_id=viewpoint.household_id, policy_id=policy_id, asked_by=by, ends_on=last
    )
    enqueue(EFFECT, key=termination.number, subject_id=termination.pk, due_at=_midnight_after(last))
    _record("termination.asked", termination, by)
    tell(termination, Told.RECEIVED)
    return termination


@transaction.atomic
def cancel_termination(*, by: Account, termination: Termination) -> None:
    """The member changes their mind; the policy goes on as if nothing had been asked. Raises NotRunning."""
    row = _running(termination.pk)
    if not may_cancel(row.ends_on, timezone.localdate()):
        raise NotRunning
    _settle(row, State.CANCELLED)
    _record("termination.cancelled", row, by)
    tell(row, Told.CANCELLED)


def acknowledge(*, by: Account, termination: Termination) -> None:
    """Staff have taken it in hand in the management system: the contributions are settled, the new insurer is told.

    In the system's context: staff read these rows and write none. Raises NotRunning.
    """
    with isolation.system():
        row = _running(termination.pk)
        row.handled_at, row.handled_by = timezone.now(), by
        row.save(update_fields=["handled_at", "handled_by"])
        _record("termination.handled", row, by)


def refuse(*, by: Account, termination: Termination, reason: str) -> None:
    """It is not the member's to ask: the policy goes on, and the reason is read in the space. Raises NotRunning."""
    with isolation.system():
        row = _running(termination.pk)
        row.answer, row.handled_at, row.handled_by = reason, timezone.now(), by
        _settle(row, State.REFUSED)
        _record("termination.refused", row, by)
        tell(row, Told.REFUSED)


@handler(EFFECT)
def take_effect(job: Job) -> None:
    """At midnight after the last day: the policy and its covers end, then accesses and cards follow."""
    row = Termination.objects.select_for_update().get(pk=job.subject_id)
    if row.state != State.ASKED:
        return
    policy = Policy.objects.select_for_update(of=("self",)).get(pk=row.policy_id)
    if policy.end_date is None or policy.end_date > row.ends_on:
        _end(policy, row.ends_on)
    _settle(row, State.DONE)
    _record("termination.done", row, None)
    refresh_later(household_id=row.household_id)
    _follow_accesses(row.household_id)
    tell(row, Told.DONE)


def _end(policy: Policy, last: datetime.date) -> None:
    """`ended_here_on` holds it against feeds that do not know of it yet (`members.coverage.feeds`)."""
    policy.end_date, policy.end_reason, policy.ended_here_on = last, END_REASON, last
    policy.save(update_fields=["end_date", "end_reason", "ended_here_on"])
    running = Cover.objects.filter(Q(end_date=None) | Q(end_date__gt=last), policy=policy, start_date__lte=last)
    running.update(end_date=last)


def _follow_accesses(household_id: int) -> None:
    """The two years of reading begin (CGU-7.3): each account of the household, and no other."""
    grants = Grant.objects.filter(space=Space.MEMBER, tenant_id=household_id, basis__in=expiry.OWN_BASES)
    for grant in grants.select_related("account"):
        expiry.recompute(today=timezone.localdate(), account=grant.account)


def _running(pk: int) -> Termination:
    row = Termination.objects.select_for_update().filter(pk=pk, state=State.ASKED).first()
    if row is None:
        raise NotRunning
    return row


def _settle(row: Termination, state: State) -> None:
    row.state, row.decided_at = state, timezone.now()
    row.save(update_fields=["state", "decided_at", "answer", "handled_at", "handled_by"])


def _record(action: str, row: Termination, by: Account | None) -> None:
    record(
        action, by=by, object_kind="termination", object_id=row.pk,
        details={"policy": row.policy_id, "ends_on": row.ends_on.isoformat()},
    )  # fmt: skip


def _midnight_after(last: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(last + DAY, datetime.time(), PARIS)


def _number() -> str:
    """`RES-7KQM-2XHD`: forty bits, to be read out on the telephone."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"RES-{signs[:4]}-{signs[4:]}"
