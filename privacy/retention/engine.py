"""One rule: found, locked and let go of in batches, each a transaction of the role `eraser` that also writes its report.

A batch chooses keys, locks those that nobody else holds, looks again whether they are still due, and does to them what
an erasure does. Killed anywhere, what was committed is in the report, and the rest is still due.
"""

import datetime
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from portals.access import isolation
from privacy.audit.actions import record
from privacy.erasure.emptying import ALIAS, apply, apply_to, is_rehearsal
from privacy.erasure.models import LegalHold
from privacy.erasure.planning import dooms
from privacy.erasure.running import as_eraser
from privacy.retention import holding
from privacy.retention.models import Ending, RetentionReport, RetentionRun
from privacy.retention.registry import RowRule, Rule, SubjectRule
from privacy.retention.rules import last_counted
from privacy.retention.stopping import EVERY, is_stopped, stopped_rules

ROWS, SUBJECTS = 4000, 500
"""How many rows, or persons, in one batch."""
TOGETHER = 100
"""How many rules are passed in one transaction."""

LIMITS = "SELECT set_config('statement_timeout', '120s', true), set_config('lock_timeout', '5s', true)"

type Act = Callable[[list[Any]], "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What was done to one batch."""

    handled: int = 0
    deleted: int = 0
    emptied: int = 0
    linked: int = 0


@dataclass
class Work:
    """One rule in one run, with the holds of its day."""

    rule: Rule
    day: datetime.date
    report: RetentionReport
    holds: list[LegalHold]
    held: list[holding.HeldRows] = field(default_factory=list)

    def look_at_holds(self) -> None:
        """A hold that was set meanwhile keeps what is left. Needs the system's context."""
        now = holding.standing(self.day)
        if [hold.pk for hold in now] != [hold.pk for hold in self.holds]:
            self.holds, self.held = now, holding.held_rows(self.rule.model, now)

    def add(self, outcome: Outcome, began: float) -> None:
        """Into the report, in the transaction of what was done."""
        row = self.report
        row.handled += outcome.handled
        row.deleted += outcome.deleted
        row.emptied += outcome.emptied
        row.linked += outcome.linked
        self.save(began)

    def save(self, began: float) -> None:
        self.report.milliseconds += int((time.monotonic() - began) * 1000)
        self.report.save(using=ALIAS)


def begin(rule: Rule, run: RetentionRun, holds: list[LegalHold]) -> Work:
    """The report of this rule: a new one with what is due, or the one that a killed run left."""
    began = time.monotonic()
    with as_eraser():
        report = RetentionReport.objects.using(ALIAS).filter(run_id=run.pk, rule=rule.code).first()
        held = holding.held_rows(rule.model, holds)
        if report is None:
            report = RetentionReport(run_id=run.pk, rule=rule.code, day=run.day, is_dry=run.is_dry)
            due = rule.due(run.day, ALIAS)
            report.due = due.count()
            report.holds = _who_holds(due, held) if report.due else []
            keys = holding.keys_of(due, held) if report.due else None
            report.held = due.filter(pk__in=keys).count() if keys is not None else 0
        work = Work(rule, run.day, report, holds, held)
        work.save(began)
    return work


def pass_idle(rules: Sequence[RowRule], run: RetentionRun, holds: list[LegalHold]) -> int:
    """How many of these rules, up to the first that has something to let go of, have nothing; their reports say so.

    Most rules find no row on most nights, or none that nobody holds: one transaction serves `TOGETHER` of them.
    """
    idle: list[RetentionReport] = []
    with as_eraser():
        stopped = stopped_rules(using=ALIAS)
        for rule in rules[:TOGETHER]:
            began = time.monotonic()
            report = RetentionReport(run_id=run.pk, rule=rule.code, day=run.day, is_dry=run.is_dry)
            due = rule.due(run.day, ALIAS)
            if due.exists():
                held = holding.held_rows(rule.model, holds)
                keys = holding.keys_of(due, held)
                if keys is None or due.exclude(pk__in=keys).exists():
                    break
                report.due = report.held = due.count()
                report.holds = _who_holds(due, held)
            report.ending = Ending.STOPPED if stopped & {rule.code, EVERY} else Ending.DONE
            report.milliseconds = int((time.monotonic() - began) * 1000)
            idle.append(report)
        RetentionReport.objects.using(ALIAS).bulk_create(idle)
    return len(idle)


def _who_holds(due: QuerySet[Any], held: Sequence[holding.HeldRows]) -> list[dict[str, int]]:
    counted = [{"hold": one.hold_id, "rows": due.filter(one.rows).distinct().count()} for one in held]
    return [line for line in counted if line["rows"]]


def do(work: Work) -> None:
    """Every batch of a rule whose rows are let go of here; then its line in the journal."""
    rule = work.rule
    if isinstance(rule, RowRule):
        doom = rule.doom
        ended = _batches(work, ROWS, lambda keys: _rows_outcome(apply_to(doom, keys)))
    elif isinstance(rule, SubjectRule):
        ended = _batches(work, SUBJECTS, lambda keys: _erase(rule, keys, work.day))
    else:
        raise TypeError(rule.code)
    finish(work, ended)


def finish(work: Work, ended: Ending) -> None:
    """Say how the rule ended. In a rehearsal nothing happened that the journal could tell."""
    report = work.report
    with as_eraser():
        report.ending = ended
        report.save(using=ALIAS)
        did = {
            name: getattr(report, name)
            for name in ("deleted", "emptied", "archived", "warned", "held")
            if getattr(report, name)
        }
        if did and not is_rehearsal():
            record(
                "retention.applied", by=None, object_kind="retention_rule", object_id=work.rule.code[:40], details=did,
                using=ALIAS,
            )  # fmt: skip


def _batches(work: Work, size: int, act: Act) -> Ending:
    last: Any = None
    while True:
        began = time.monotonic()
        with as_eraser():
            _limit()
            if is_stopped(work.rule.code, using=ALIAS):
                return Ending.STOPPED
            work.look_at_holds()
            rows = _next_rows(work, last)
            if isinstance(work.rule, RowRule) and work.rule.stands_alone:
                # One statement: a row that changed meanwhile is looked at again by the database itself.
                keys = chosen = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:size])
            else:
                keys = list(rows.values_list("pk", flat=True)[:size])
                chosen = _lock(work, keys)
            if not keys:
                return Ending.DONE
            if chosen:
                work.add(act(chosen), began)
        if len(keys) < size:
            return Ending.DONE
        last = keys[-1]


def _limit() -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(LIMITS)


def _next_rows(work: Work, last: Any) -> QuerySet[Any]:
    """The next rows, by key, held ones left out."""
    rows = work.rule.due(work.day, ALIAS)
    held = holding.keys_of(rows, work.held)
    if held is not None:
        rows = rows.exclude(pk__in=held)
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return rows.order_by("pk")


def _lock(work: Work, keys: list[Any]) -> list[Any]:
    """Those that nobody else is changing and that are still due once they are ours."""
    rows = work.rule.of._base_manager.using(ALIAS).filter(pk__in=keys).order_by("pk")
    locked = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return sorted(set(work.rule.due(work.day, ALIAS).filter(pk__in=locked).values_list("pk", flat=True)))


def _rows_outcome(done: tuple[int, int, int]) -> Outcome:
    deleted, emptied, linked = done
    return Outcome(handled=deleted + emptied, deleted=deleted, emptied=emptied, linked=linked)


def _erase(rule: SubjectRule, keys: list[Any], day: datetime.date) -> Outcome:
    """An erasure of all of them at once, table after table."""
    relation = rule.relation(last_counted(day, rule.delay), day)
    deleted = emptied = 0
    for target in rule.targets(keys, ALIAS):
        for doom, rows in dooms(target, relation, day, using=ALIAS):
            gone, blank = apply(doom, rows, day)
            deleted, emptied = deleted + gone, emptied + blank
    return Outcome(handled=len(keys), deleted=deleted, emptied=emptied)


def standing_holds(day: datetime.date) -> list[LegalHold]:
    with isolation.system():
        return holding.standing(day)
