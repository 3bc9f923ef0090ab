"""Recognising whoever asked from the public page, as the sign-up does: by a worker, out of sight of who asks."""

import datetime

from django.utils import timezone

from portals import jobs
from portals.accounts.signup import door_of
from portals.jobs import Job, handler
from portals.jobs.schedules import daily
from privacy.audit import record
from privacy.rights.actions import MATCH
from privacy.rights.answering import remindable
from privacy.rights.doubts import RightsLink
from privacy.rights.emails import ON_FILE, REMIND, Step, tell
from privacy.rights.models import RightsRequest, Whom
from privacy.rights.rules import reminder_of
from privacy.rights.sealing import Claim, claim_of, seal_claim

RECOGNISED_BY = ("member_number", "family_name", "birth_date")


@handler(MATCH)
def match(job: Job) -> None:
    """Somebody whom we know by number, name and birth date is written to at the address on file, and nowhere else.

    The address that was typed proves nothing, so nobody is looked for by it. Whoever is not recognised, or has no
    address on file, is left to the data protection officer, as those who ask for somebody else.
    """
    request = RightsRequest.objects.select_for_update(of=("self",)).get(pk=job.subject_id)
    claim = claim_of(request)
    door = door_of(request.space)
    if door is None or request.whom == Whom.DECEASED or not all(claim.get(name) for name in RECOGNISED_BY):
        return
    found = door.match({**_answers(claim), "email": ""}, timezone.localdate())
    if found is None or not found.email:
        return
    request.tenant_id = found.tenant_id
    request.subject_id = found.subject_id if request.whom == Whom.SELF else None
    request.claim_sealed = seal_claim(request, {**claim, ON_FILE: found.email})
    request.save(update_fields=["tenant_id", "subject_id", "claim_sealed"])
    record("rights.matched", by=None, object_kind="rights_request", object_id=request.pk)
    tell(request, Step.CONFIRM)


def _answers(claim: Claim) -> Claim:
    return {name: claim[name] for name in RECOGNISED_BY}


def remind(planned_for: datetime.datetime) -> None:
    """Each morning: what is due within ten days, within three, or late. Once for each day that was due."""
    today = timezone.localdate(planned_for)
    for request in remindable(today):
        reminder = reminder_of(request.due_on, today)
        if reminder is not None:
            jobs.enqueue(REMIND, key=f"{request.pk}-{reminder}-{request.due_on:%Y%m%d}", subject_id=request.pk)


def forget_links(planned_for: datetime.datetime) -> None:
    """Links that are over open nothing: their rows go after a month."""
    RightsLink.objects.filter(expires_at__lt=planned_for - datetime.timedelta(days=30)).delete()


daily("rights.reminders", at=datetime.time(7, 30), run=remind)
daily("rights.links", at=datetime.time(4, 40), run=forget_links)
