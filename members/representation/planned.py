"""Each night: with own accesses, what rests on them; and requests that were never sent are forgotten.

A little after midnight in Paris, when accesses change with the day, `portals.access.ending` has brought the persons'
own accesses in line with their covers: the representations follow in the same run. After a feed of persons or covers
they do not wait for the night.
"""

import datetime

from django.utils import timezone

from members.representation.actions import close_what_is_over
from members.representation.drafts import purge_drafts
from portals.access import ending
from portals.jobs import Job, JobState, enqueue, handler
from portals.jobs.schedules import daily
from portals.signals import operation

FOLLOW = "representation.follow"
FED_BY = frozenset({"feed.persons", "feed.policies", "feed.covers"})


def close_today(today: datetime.date) -> None:
    close_what_is_over(today=today, now=timezone.now())


def forget_drafts(planned_for: datetime.datetime) -> None:
    purge_drafts(now=planned_for)


@handler(FOLLOW)
def follow_feeds(job: Job) -> None:
    close_today(timezone.localdate())


def on_feed_loaded(*, action: str, object_kind: str, object_id: int, details: dict[str, int], **_rest: object) -> None:
    """Promise one run after such a feed; feeds loaded before it begins share it (as `portals.access.expiry`)."""
    if action != "feed.loaded" or object_kind not in FED_BY:
        return
    if not (details.get("created") or details.get("updated")):
        return
    promised = Job.objects.select_for_update(skip_locked=True).filter(kind=FOLLOW, state=JobState.DUE)
    if promised.first() is None:
        enqueue(FOLLOW, key=f"feed-{object_id}", subject_id=object_id)


ending.follow(close_today)
operation.connect(on_feed_loaded, dispatch_uid="members.representation.feeds")
daily("representation.drafts", at=datetime.time(3, 40), run=forget_drafts)
