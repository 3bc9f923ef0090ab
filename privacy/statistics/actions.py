"""Making an edition: fold, attack, then publish or refuse."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.dates import months_after
from portals.declarations import Purpose
from privacy import register
from privacy.audit import record
from privacy.statistics.checks import verdicts
from privacy.statistics.facts import Source, Told, source_of, sources
from privacy.statistics.folding import Cell, fold
from privacy.statistics.models import Edition, EditionState

MAKE = "statistics.make"
CHANGE = "privacy.change_edition"
DAY = datetime.timedelta(days=1)


class MonthNotOver(Exception):
    """A month is folded once it is over."""


class AlreadyMade(Exception):
    """A month that was published, or that had too few people, is never folded again."""


@transaction.atomic
def make(*, source: Source, month: datetime.date, by: Account | None) -> Edition:
    """The edition of a month, whose first day is given. Raises MonthNotOver, AlreadyMade, register.NotRunning.

    What fails the battery is not published, and nothing of its figures is kept.
    """
    if months_after(month, 1) > timezone.localdate():
        raise MonthNotOver(f"{month:%Y-%m}")
    register.demand(Purpose.STATISTICS)
    with isolation.system():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('statistics.make'))")  # one at a time
        made = Edition.objects.filter(source=source.code).exclude(state=EditionState.REFUSED)
        if made.filter(month=month).exists():
            raise AlreadyMade(f"{month:%Y-%m}")
        told = _facts(source, month)
        earlier = made.filter(month=months_after(month, -1), state=EditionState.PUBLISHED).exists()
        before = _facts(source, months_after(month, -1)) if earlier else None
        edition = _judged(source, month, told, before)
        details: dict[str, str | int] = {"month": f"{month:%Y-%m}", "cells": edition.cells, "state": edition.state}
        record("statistics.made", by=by, object_kind="edition", object_id=edition.pk, details=details)
    return edition


def _facts(source: Source, month: datetime.date) -> Told:
    return source.read(month, months_after(month, 1) - DAY)


def _judged(source: Source, month: datetime.date, told: Told, before: Told | None) -> Edition:
    cells = fold(told, before)
    found = verdicts(told, before, cells)
    failed = [verdict.label for verdict in found if not verdict.passed]
    state = EditionState.REFUSED if failed else EditionState.PUBLISHED if cells else EditionState.EMPTY
    if state == EditionState.PUBLISHED:
        _publish(source, month, told, cells)
    return Edition.objects.create(
        source=source.code, month=month, state=state, cells=len(cells) if state == EditionState.PUBLISHED else 0,
        verdicts=[asdict(verdict) for verdict in found], reason="\u202f; ".join(failed)[:200],
    )  # fmt: skip


def _publish(source: Source, month: datetime.date, told: Told, cells: Sequence[Cell]) -> None:
    rows = [
        {
            **cell.key._asdict(), "at_least": cell.at_least, "acts": cell.acts, "expense": str(cell.expense),
            "mutual": str(cell.mutual),
        }
        for cell in cells
    ]  # fmt: skip
    words = [
        {"kind": kind, "code": code, "label": label}
        for kind, labels in (("family", told.families), ("plan", told.plans))
        for code, label in labels.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statistics.publish(%s, %s, %s, %s)", [source.code, month, json.dumps(rows), json.dumps(words)]
        )


def promise(month: datetime.date) -> None:
    """One job for each source."""
    for source in sources():
        jobs.enqueue(MAKE, key=f"{source.code} {month:%Y-%m}", subject_id=0, priority=jobs.Priority.BATCH)


@transaction.atomic
def ask_again(*, by: Account, edition: Edition) -> None:
    """Have a refused month tried again, once what failed was mended. Raises PermissionDenied, AlreadyMade, NotRunning."""
    if not by.has_perm(CHANGE):
        raise PermissionDenied
    register.demand(Purpose.STATISTICS)
    if Edition.objects.filter(source=edition.source, month=edition.month).exclude(state=EditionState.REFUSED).exists():
        raise AlreadyMade(f"{edition.month:%Y-%m}")
    key = f"{edition.source} {edition.month:%Y-%m} {edition.pk}"
    jobs.enqueue(MAKE, key=key, subject_id=edition.pk, priority=jobs.Priority.ASKED)
    record("statistics.asked", by=by, object_kind="edition", object_id=edition.pk)


@jobs.handler(MAKE)
def make_for(job: jobs.Job) -> None:
    """The key is the source and the month. Nothing is folded while this sensitive processing is off (PDP-4.9)."""
    code, month, *_attempt = job.key.split()
    if not register.may_run(Purpose.STATISTICS):
        return
    try:
        make(source=source_of(code), month=datetime.date.fromisoformat(f"{month}-01"), by=None)
    except AlreadyMade:
        return
