"""A whole run, dry or real, and the process that does those that were asked for.

A dry run does the same in one transaction that is taken back, files and e-mails left alone, and keeps its report. One
run at a time in the whole database. What was killed is gone on with, rule after rule.
"""

import datetime
import logging
from collections.abc import Container, Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import Model
from django.utils import timezone

from portals.access import isolation
from portals.jobs.schedules import run_named
from privacy.erasure.emptying import ALIAS, rehearsal
from privacy.erasure.models import LegalHold
from privacy.erasure.running import as_eraser
from privacy.retention import engine, phases
from privacy.retention.models import Ending, RetentionReport, RetentionRun, RunState
from privacy.retention.nightly import in_run
from privacy.retention.registry import NightlyRule, RowRule, Rule, SubjectRule, night_of, rules
from privacy.retention.stopping import is_stopped

LOCK = 0x52455445
log = logging.getLogger(__name__)


class AlreadyRunning(Exception):
    """Another process is at it."""


def ask(*, day: datetime.date, is_dry: bool = False, asked_by_id: int | None = None) -> RetentionRun:
    """Write that a run is wanted; the process that erases does it. In the caller's transaction and context."""
    return RetentionRun.objects.create(day=day, is_dry=is_dry, asked_by_id=asked_by_id)


def run_asked() -> int:
    """Do every run that waits or was left unfinished, oldest first; how many were done."""
    done = 0
    for number in list(_waiting()):
        try:
            perform(number)
        except AlreadyRunning:
            break
        done += 1
    return done


def perform(number: int) -> RetentionRun:
    """Do one run, or what remains of it. Raises AlreadyRunning."""
    with _alone():
        with as_eraser():
            run = RetentionRun.objects.using(ALIAS).get(pk=number)
            if run.state == RunState.DONE:
                return run
            RetentionRun.objects.using(ALIAS).filter(pk=number).update(state=RunState.RUNNING)
        if run.is_dry:
            _rehearse(run)
        else:
            _rules_of(run)
        return _end(number)


def in_order() -> list[Rule]:
    """What is known about itself first, then rows that point to others before those that they point to."""
    models = {rule.of for rule in rules()}
    graph: dict[type[Model], set[type[Model]]] = {
        model: set() for model in sorted(models, key=lambda one: one._meta.label)
    }
    for model in graph:
        for one in model._meta.concrete_fields:
            pointed: Any = one.related_model if one.is_relation else None
            if pointed in graph and pointed is not model:
                graph[pointed].add(model)
    places = {model: place for place, model in enumerate(TopologicalSorter(graph).static_order())}

    def place(rule: Rule) -> tuple[int, int, str]:
        if isinstance(rule, NightlyRule):
            return (0, 0, rule.code)
        return (2 if isinstance(rule, SubjectRule) else 1, places[rule.of], rule.code)

    return sorted(rules(), key=place)


def _rules_of(run: RetentionRun) -> None:
    """Each rule that has not ended yet; those without anything to do are passed together."""
    holds = engine.standing_holds(run.day)
    left, reported = in_order(), _reported(run)
    while left:
        rule, *left = left
        if reported.get(rule.code, Ending.RUNNING) != Ending.RUNNING:
            continue
        _one(rule, run, holds)
        if isinstance(rule, NightlyRule) and _serves_another(rule, left):
            reported = _reported(run)  # a room's night reports every rule that it serves
        left = left[_pass_idle(_fresh(left, reported), run, holds) :]


def _serves_another(rule: NightlyRule, left: list[Rule]) -> bool:
    return any(isinstance(other, NightlyRule) and other.schedule == rule.schedule for other in left)


def _pass_idle(fresh: list[RowRule], run: RetentionRun, holds: list[LegalHold]) -> int:
    """How many of these rules have nothing to let go of before the first that has something."""
    passed = 0
    while passed < len(fresh):
        more = engine.pass_idle(fresh[passed:], run, holds)
        passed += more
        if more < engine.TOGETHER:
            break
    return passed


def _fresh(left: list[Rule], reported: Container[str]) -> list[RowRule]:
    """The rules of rows that come next and that nobody has begun."""
    found: list[RowRule] = []
    for rule in left:
        if not isinstance(rule, RowRule) or rule.code in reported:
            break
        found.append(rule)
    return found


def _reported(run: RetentionRun) -> dict[str, str]:
    """How each rule of this run ended, or that it runs since another process began it."""
    with as_eraser():
        return dict(RetentionReport.objects.using(ALIAS).filter(run_id=run.pk).values_list("rule", "ending"))


def _one(rule: Rule, run: RetentionRun, holds: list[LegalHold]) -> None:
    """One rule. What the database refuses to one rule, a lock or a constraint, does not keep the others from theirs."""
    if isinstance(rule, NightlyRule):
        _nightly(rule, run)
        return
    work = engine.begin(rule, run, holds)
    try:
        if isinstance(rule, SubjectRule):
            phases.before(work, rule)
        engine.do(work)
        if isinstance(rule, SubjectRule):
            phases.after(work, rule)
    except (DatabaseError, OSError) as refused:
        if not connections[ALIAS].is_usable():
            raise
        log.warning(
            "retention: rule %s was refused (%s)", rule.code, getattr(refused.__cause__, "sqlstate", "no state")
        )
        engine.finish(work, Ending.FAILED)


def _nightly(rule: NightlyRule, run: RetentionRun) -> None:
    """A room's own night, with its own role; a rehearsal counts what it would let go of."""
    if run.is_dry:
        with as_eraser():
            report = RetentionReport(run_id=run.pk, rule=rule.code, day=run.day, is_dry=True, ending=Ending.DONE)
            if is_stopped(rule.code, using=ALIAS):
                report.ending = Ending.STOPPED
            due = rule.due(run.day, ALIAS).count()
            report.due = due
            if report.ending == Ending.DONE:
                report.handled = due
                report.deleted, report.emptied = (0, due) if rule.empties else (due, 0)
            report.save(using=ALIAS)
        return
    try:
        with isolation.system(), in_run(run.pk):
            run_named(rule.schedule, night_of(run.day))
    except (DatabaseError, OSError) as refused:
        log.warning("retention: rule %s was refused (%s)", rule.code, type(refused).__name__)
        with as_eraser():
            RetentionReport.objects.using(ALIAS).create(
                run_id=run.pk, rule=rule.code, day=run.day, ending=Ending.FAILED
            )


def _rehearse(run: RetentionRun) -> None:
    """Everything, in one transaction that is taken back; then its reports, which stay."""
    with rehearsal(), transaction.atomic(using=ALIAS):
        _rules_of(run)
        with as_eraser():
            reports = list(RetentionReport.objects.using(ALIAS).filter(run_id=run.pk).order_by("pk"))
        transaction.set_rollback(True, using=ALIAS)
    for report in reports:
        report.pk = None
    with as_eraser():
        RetentionReport.objects.using(ALIAS).filter(run_id=run.pk).delete()
        RetentionReport.objects.using(ALIAS).bulk_create(reports)


def _end(number: int) -> RetentionRun:
    with as_eraser():
        run = RetentionRun.objects.using(ALIAS).get(pk=number)
        run.state, run.ended_at = RunState.DONE, timezone.now()
        run.save(using=ALIAS, update_fields=["state", "ended_at"])
    return run


def _waiting() -> list[int]:
    with as_eraser():
        rows = RetentionRun.objects.using(ALIAS).exclude(state=RunState.DONE).order_by("pk")
        return list(rows.values_list("pk", flat=True))


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time; the lock goes with the connection, however the process ends. Raises AlreadyRunning."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (mine,) = cursor.fetchone()
        if not mine:
            raise AlreadyRunning
        try:
            yield
        finally:
            if not connections[ALIAS].closed_in_transaction and connections[ALIAS].is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
