"""Doing what was ordered, table after table, each in a transaction that also says that it was done.

Killed anywhere, the next run goes on with the first table that is not done; nothing is done twice. The journal keeps
numbers only and is never touched: its proofs hold after an erasure as before.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connections, transaction
from django.utils import timezone

from portals.accounts.security.models import AccountSession
from portals.presentation.formats import local_date
from privacy.audit.actions import record
from privacy.erasure import ledger
from privacy.erasure.emptying import ALIAS, apply
from privacy.erasure.models import Erasure, ErasureState, ErasureStep, facts_of
from privacy.erasure.planning import dooms
from privacy.erasure.registry import Target, answers_of, spaces
from privacy.erasure.rules import Relation

CONTEXT = """
    SELECT set_config('app.scope', 'system', true), set_config('history.operation', 'erasure', true),
           set_config(%s, 'oversight financial_crime', true)
"""


@dataclass(frozen=True)
class Done:
    """What a run did."""

    erasures: int
    deleted: int
    emptied: int


def run_due() -> Done:
    """Do every erasure that is ordered, oldest first."""
    erasures = deleted = emptied = 0
    for number in list(_due()):
        gone, blank = run(number)
        erasures, deleted, emptied = erasures + 1, deleted + gone, emptied + blank
    return Done(erasures, deleted, emptied)


def run(number: int) -> tuple[int, int]:
    """Do one erasure, or what remains of it; how many rows this run deleted and emptied."""
    with as_eraser():
        erasure = Erasure.objects.using(ALIAS).get(pk=number)
        target = target_of(erasure)
        relation = Relation(erasure.is_running, erasure.ended_on)
        steps = dooms(target, relation, local_date(erasure.ordered_at), using=ALIAS, kinds=erasure.kinds)
    _end_sessions(erasure)
    deleted = emptied = 0
    for doom, rows in steps:
        with as_eraser():
            # The row of the order is held: two runs at once do not do the same table.
            Erasure.objects.using(ALIAS).select_for_update().get(pk=number)
            if erasure.steps.using(ALIAS).filter(name=doom.reach.label).exists():
                continue
            gone, blank = apply(doom, rows, local_date(erasure.ordered_at))
            ErasureStep.objects.using(ALIAS).create(
                erasure_id=number, name=doom.reach.label, deleted=gone, emptied=blank, at=timezone.now()
            )
            deleted, emptied = deleted + gone, emptied + blank
    _finish(number)
    return deleted, emptied


def replay() -> int:
    """After a restore: order again, and do, the erasures of the ledger that the restored database does not know."""
    known = _known()
    lost: dict[bytes, list[ledger.Erased]] = defaultdict(list)
    for line in ledger.lines():
        if line.reference not in known:
            lost[line.subject].append(line)
    again = 0
    for space in spaces() if lost else ():
        with as_eraser():
            everybody = list(answers_of(space).everybody())
        for subject_id, tenant_id in everybody:
            for line in lost.get(ledger.subject_of(space, subject_id), ()):
                run_due()  # one at a time for each person
                _order_again(line, space, subject_id, tenant_id)
                again += 1
    run_due()
    return again


def target_of(erasure: Erasure) -> Target:
    """Whom it is about, as the day of the order knew them: what said so goes with the rest."""
    return Target(
        space=erasure.space,
        subject_id=erasure.subject_id,
        tenant_id=erasure.tenant_id,
        accounts=tuple(erasure.accounts),
        is_alone=erasure.is_alone,
    )


@contextmanager
def as_eraser() -> Iterator[None]:
    """A transaction of the role `eraser`, in the system's context, which rooms that ask `default` see too.

    This role alone also sees, behind the walls of inquiries, what retention counts and lets go of: it answers nobody.
    """
    from portals.access import isolation

    with transaction.atomic(using=ALIAS), isolation.system():
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(CONTEXT, [isolation.CASES_SETTING])
        yield


def _due() -> list[int]:
    with as_eraser():
        rows = Erasure.objects.using(ALIAS).filter(state=ErasureState.ORDERED).order_by("pk")
        return list(rows.values_list("pk", flat=True))


def _known() -> set[str]:
    with as_eraser():
        return set(Erasure.objects.using(ALIAS).values_list("reference", flat=True))


def _order_again(line: ledger.Erased, space: str, subject_id: int, tenant_id: int | None) -> None:
    with as_eraser():
        target = answers_of(space).find(subject_id, tenant_id)
        Erasure.objects.using(ALIAS).create(
            reference=line.reference,
            kinds=list(line.kinds),
            **facts_of(target, answers_of(space).relation(target)),
            ordered_at=datetime.datetime.combine(line.erased_on, datetime.time(12), tzinfo=datetime.UTC),
        )


def _end_sessions(erasure: Erasure) -> None:
    """Open sessions, in the database and in the cache, before the rows that know their keys."""
    with as_eraser():
        rows = AccountSession.objects.using(ALIAS).filter(account_id__in=erasure.accounts)
        keys = [key for key in rows.values_list("session_key", flat=True) if key]
    for key in keys:
        SessionStore(key).delete(key)


def _finish(number: int) -> None:
    """The ledger, the order and the journal together: an erasure ends once."""
    with as_eraser():
        erasure = Erasure.objects.using(ALIAS).select_for_update().get(pk=number)
        if erasure.state == ErasureState.DONE:
            return
        ledger.write(
            reference=erasure.reference,
            space=erasure.space,
            subject_id=erasure.subject_id,
            erased_on=local_date(erasure.ordered_at),
            kinds=erasure.kinds,
        )
        erasure.state, erasure.done_at = ErasureState.DONE, timezone.now()
        erasure.save(using=ALIAS, update_fields=["state", "done_at"])
        record("erasure.done", by=None, object_kind="erasure", object_id=number, using=ALIAS)
