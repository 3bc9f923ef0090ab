"""What does not stay: drafts of 30 days, documents and details 60 days after the decision, drafts of deleted accounts."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from members.quotes.requests.models import CareRequest, State
from members.quotes.requests.rules import DRAFT_DAYS
from members.quotes.requests.sealing import lose_content
from portals.documents.quarantine import forget
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date
from privacy.audit import record
from privacy.retention.holding import unheld

AT_A_TIME = 500


def forget_what_is_over(planned_for: datetime.datetime) -> None:
    """Each night, in the system's context."""
    purge_drafts(now=planned_for)
    forget_documents(today=local_date(planned_for))


@transaction.atomic
def purge_drafts(*, now: datetime.datetime) -> int:
    """Delete drafts begun more than 30 days ago, what was typed and the documents; returns how many."""
    old = CareRequest.objects.filter(state=State.DRAFT, created_at__lt=now - datetime.timedelta(days=DRAFT_DAYS))
    return _delete(old.order_by("pk")[:AT_A_TIME])


@transaction.atomic
def forget_documents(*, today: datetime.date) -> int:
    """Erase documents and details of requests decided more than 60 days ago (PDP-4.4); returns how many."""
    over = CareRequest.objects.select_for_update(of=("self",)).filter(documents_until__lt=today, forgotten_at=None)
    rows = list(unheld(over, today).order_by("pk")[:AT_A_TIME])
    for row in rows:
        _forget_uploads(row)
        row.content_sealed, row.forgotten_at = b"", timezone.now()
        row.save(update_fields=["content_sealed", "forgotten_at"])
        lose_content(row)
        record("care_request.documents_forgotten", by=None, object_kind="care_request", object_id=row.pk)
    return len(rows)


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted, and what it had not sent goes with it (CGU-7.7)."""
    if action == "account.deleted":
        _delete(CareRequest.objects.filter(account_id=object_id, state=State.DRAFT))


def _delete(drafts: Iterable[CareRequest]) -> int:
    rows = list(drafts)
    for row in rows:
        _forget_uploads(row)
        lose_content(row)
        row.delete()
    if rows:
        record("care_request.drafts_purged", by=None, details={"drafts": len(rows)})
    return len(rows)


def _forget_uploads(row: CareRequest) -> None:
    uploads = list(row.documents.select_related("stored"))
    row.documents.clear()
    forget(uploads)


daily("care_requests", at=datetime.time(3, 50), run=forget_what_is_over)
