"""Requests that were begun and never sent are forgotten after 30 days, with their documents."""

import datetime

from django.db import transaction

from members.representation.actions import subject_of
from members.representation.models import Representation, State
from portals.documents.quarantine import forget
from portals.secrets.models import SubjectKey
from privacy.audit import record
from privacy.retention.holding import unheld

KEPT = datetime.timedelta(days=30)


@transaction.atomic
def purge_drafts(*, now: datetime.datetime) -> int:
    """Delete the drafts begun more than 30 days ago, what was typed and the documents; returns how many.

    Needs the system's row context, as jobs have.
    """
    old = Representation.objects.select_for_update(of=("self",)).filter(state=State.DRAFT, created_at__lt=now - KEPT)
    drafts = list(unheld(old).order_by("pk"))
    for draft in drafts:
        uploads = list(draft.proofs.all())
        draft.proofs.clear()
        forget(uploads)
        draft.delete()
        SubjectKey.objects.filter(subject=subject_of(draft)).delete()
    if drafts:
        record("representation.drafts_purged", by=None, details={"drafts": len(drafts)})
    return len(drafts)
