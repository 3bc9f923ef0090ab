"""Until when each access lasts: two years after what it rests on has ended (CGU-7.3, 7.4).

One rule for the three spaces. Covers, group contracts and agreements are asked through the doors of the spaces
(`portals.accounts.signup.Door.ends_of`), so this room knows none of them. Representations and mandates have dates of
their own and are left alone.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Basis, Grant, GrantQuerySet
from portals.accounts.models import Account, AccountState
from portals.accounts.rules import access_given_by
from portals.accounts.signup import doors
from portals.jobs import Job, JobState, enqueue, handler
from portals.signals import announce

CHUNK = 1000
RECOMPUTE = "access.recompute"
OWN_BASES = (Basis.COVER, Basis.GROUP_CONTRACT, Basis.AGREEMENT)

# One run at a time: two of them would read different portfolios and the older one could write last.
TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('access.expiry', 0))"
# An access that would have closed before it was given is closed from its first day.
CLOSES = "CASE WHEN told.closes_on < since THEN since ELSE told.closes_on END"
WRITE = f"""
    UPDATE portals_grant SET ended_on = told.ended_on, closes_on = {CLOSES}
    FROM unnest(%s::bigint[], %s::date[], %s::date[]) AS told (id, ended_on, closes_on)
    WHERE portals_grant.id = told.id AND revoked_at IS NULL
      AND (portals_grant.ended_on, portals_grant.closes_on) IS DISTINCT FROM (told.ended_on, {CLOSES})
"""  # noqa: S608  put together from a constant of this file

type Progress = Callable[[int], None]
type Row = tuple[int, str, int]


@dataclass(frozen=True)
class Recomputed:
    """`unknown`: grants of which the portfolio says nothing, left as they are."""

    read: int = 0
    changed: int = 0
    unknown: int = 0


def computed_grants() -> GrantQuerySet:
    """The grants whose dates follow the portfolio: own ones, not revoked, of accounts that exist."""
    grants = Grant.objects.filter(basis__in=OWN_BASES, revoked_at=None)
    return grants.exclude(account__state=AccountState.CLOSED)


def recompute(*, today: datetime.date, account: Account | None = None, progress: Progress | None = None) -> Recomputed:
    """Bring every grant (or those of one account) in line with the portfolio on a day of Europe/Paris.

    Grants that closed long ago reopen when cover resumes. Each chunk has its own transaction unless the caller has one
    open; memory does not grow with the number of grants.
    """
    total = Recomputed()
    after = 0
    while True:
        with isolation.system():
            take_turn()
            rows = _chunk(after, account)
            done = _recompute(rows, today)
        total = Recomputed(total.read + done.read, total.changed + done.changed, total.unknown + done.unknown)
        if progress is not None:
            progress(len(rows))
        if len(rows) < CHUNK:
            return total
        after = rows[-1][0]


def take_turn() -> None:
    """Wait for the other runs, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURN)


def _chunk(after: int, account: Account | None) -> list[Row]:
    grants = computed_grants().filter(pk__gt=after).order_by("pk")
    if account is not None:
        grants = grants.filter(account=account)
    return list(grants.values_list("pk", "space", "subject_id")[:CHUNK])


def _recompute(rows: list[Row], today: datetime.date) -> Recomputed:
    ids, ended, closing, unknown = [], [], [], 0
    for space, door in doors().items():
        here = [(grant_id, subject_id) for grant_id, of, subject_id in rows if of == space]
        ends = door.ends_of([subject_id for _, subject_id in here], today) if here else {}
        for grant_id, subject_id in here:
            if not ends.get(subject_id):
                unknown += 1
                continue
            access = access_given_by(ends[subject_id], today)
            ids.append(grant_id)
            ended.append(access.ended_on)
            closing.append(access.closes_on)
    changed = _write(ids, ended, closing)
    if changed:
        announce("access.recomputed", by=None, details={"grants": changed})
    return Recomputed(len(rows), changed, unknown)


def _write(ids: list[int], ended: Iterable[datetime.date | None], closing: Iterable[datetime.date | None]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [ids, list(ended), list(closing)])
        return cursor.rowcount


@handler(RECOMPUTE)
def run_recompute(job: Job) -> None:
    recompute(today=timezone.localdate())


def on_feed_loaded(*, action: str, object_kind: str, object_id: int, details: dict[str, int], **_: object) -> None:
    """Promise one run after feeds of covers, contracts or agreements; feeds loaded before it begins share it.

    Receiver of `portals.signals.operation`, in the feed's transaction. The lock keeps the promised run from beginning
    before this feed is there for it to see.
    """
    if action != "feed.loaded" or not (details.get("created") or details.get("updated")):
        return
    if not any(object_kind.removeprefix("feed.") in door.fed_by for door in doors().values()):
        return
    promised = Job.objects.select_for_update(skip_locked=True).filter(kind=RECOMPUTE, state=JobState.DUE)
    if promised.first() is None:
        enqueue(RECOMPUTE, key=f"feed-{object_id}", subject_id=object_id)
