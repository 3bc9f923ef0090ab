"""Telling people that their access ends: 60 and 15 days before, and on the day it closes, each exactly once.

What was told is a row (`EndNotice`), unique by grant, closing day and step: a night that was missed is caught up, two
runs at the same time tell nothing twice, and a closing day that moves is told anew.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from portals.access import isolation
from portals.access.expiry import CHUNK, OWN_BASES, Progress, Recomputed, recompute, take_turn
from portals.access.models import EndStep
from portals.accounts.models import AccountState
from portals.jobs import enqueue_all
from portals.signals import announce

TELL = "access.end_notice"
FIRST_REMINDER = 60
LAST_REMINDER = 15
"""Days before the closing."""

# The first reminder is left out once the last one is due, and both once the access is closed.
NOTE = """
    INSERT INTO portals_endnotice (grant_id, step, closes_on, noted_at)
    SELECT due.id, due.step, due.closes_on, %(now)s
    FROM (
        SELECT g.id, g.closes_on, CASE WHEN g.closes_on <= %(today)s THEN 'closed'
                                       WHEN g.closes_on <= %(today)s + %(last)s THEN 'last' ELSE 'first' END AS step
        FROM portals_grant g JOIN portals_account a ON a.id = g.account_id
        WHERE g.closes_on <= %(today)s + %(first)s AND g.revoked_at IS NULL AND g.basis = ANY(%(bases)s)
          AND a.state <> %(gone)s
    ) due
    WHERE NOT EXISTS (
        SELECT FROM portals_endnotice n
        WHERE n.grant_id = due.id AND n.closes_on = due.closes_on AND n.step = due.step
    )
    ORDER BY due.id LIMIT %(chunk)s
    ON CONFLICT DO NOTHING
    RETURNING id, grant_id, step
"""


type Follower = Callable[[datetime.date], object]

_followers: list[Follower] = []


def follow(run: Follower) -> None:
    """Have `run(today)` done in each daily run, once own accesses are right: what rests on them (representations).

    It runs in the system's context, in a transaction of its own. Called from `AppConfig.ready`.
    """
    _followers.append(run)


@dataclass(frozen=True)
class Expired:
    """What one run did: grants brought in line, and how many notices of each step it promised."""

    recomputed: Recomputed
    told: Mapping[str, int]

    def __str__(self) -> str:
        steps = " ".join(f"{step.value}={self.told.get(step, 0)}" for step in EndStep)
        return (
            f"read={self.recomputed.read} changed={self.recomputed.changed} unknown={self.recomputed.unknown} {steps}"
        )


def expire(*, today: datetime.date, progress: Progress | None = None) -> Expired:
    """The daily run, for a day of Europe/Paris: dates first, then who must be told what. It may be run again."""
    recomputed = recompute(today=today, progress=progress)
    for run in _followers:
        with isolation.system():
            take_turn()
            run(today)
    told: Counter[str] = Counter()
    while True:
        with isolation.system():
            take_turn()
            steps = _note(today)
        told.update(steps)
        if len(steps) < CHUNK:
            return Expired(recomputed, told)


def _note(today: datetime.date) -> list[str]:
    """One chunk of notices, with their e-mails promised and the closings in the journal."""
    values: dict[str, Any] = {
        "today": today,
        "now": timezone.now(),
        "first": FIRST_REMINDER,
        "last": LAST_REMINDER,
        "bases": [str(basis) for basis in OWN_BASES],
        "gone": AccountState.CLOSED,
        "chunk": CHUNK,
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)
        noted: list[tuple[int, int, str]] = cursor.fetchall()
    for _, grant_id, step in noted:
        if step == EndStep.CLOSED:
            announce("access.closed", by=None, object_kind="grant", object_id=grant_id)
    enqueue_all(TELL, [(str(notice_id), notice_id) for notice_id, _, _ in noted])
    return [step for _, _, step in noted]
