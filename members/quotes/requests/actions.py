"""What people do with a request: keep a draft, add documents, send it. What staff decide is in `deciding.py`."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from members.quotes.requests.emails import Told, tell
from members.quotes.requests.models import CareRequest, RequestKind, State
from members.quotes.requests.rules import expected_on
from members.quotes.requests.sealing import seal_content
from portals.accounts.models import Account
from portals.declarations import Purpose
from portals.documents.uploads import CleanFile, receive
from privacy import register
from privacy.audit import record

ADDABLE = (State.DRAFT, State.ASKED, State.INCOMPLETE)


class NotOpen(Exception):
    """The request is not, or no longer, in a state that allows this."""


class NoDocument(Exception):
    """A request is sent with at least one document."""


@transaction.atomic
def save_draft(
    *, by: Account, kind: RequestKind, household_id: int, person_id: int, content: Mapping[str, str], is_ready: bool,
    simulation_id: int | None = None,
) -> CareRequest:  # fmt: skip
    """Keep what was typed, in place of the draft before. `is_ready`: every answer was read and found right.

    Raises register.NotRunning while the processing of care requests is off.
    """
    register.demand(Purpose.PRIOR_AGREEMENT)
    drafts = CareRequest.objects.select_for_update(of=("self",)).filter(account=by, kind=kind, state=State.DRAFT)
    draft = drafts.first() or CareRequest(account=by, kind=kind, reference=secrets.token_hex(16))
    draft.household_id, draft.person_id, draft.is_ready = household_id, person_id, is_ready
    if simulation_id is not None:
        draft.simulation_id = simulation_id
    draft.content_sealed = seal_content(draft, content)
    draft.save()
    record("care_request.drafted", by=by, object_kind="care_request", object_id=draft.pk)
    return draft


@transaction.atomic
def add_documents(*, by: Account, request: CareRequest, files: list[CleanFile]) -> None:
    """Add documents to a draft or to a request that runs; one that missed some goes back to the queue. Raises NotOpen."""
    row = held(request, *ADDABLE)
    row.documents.add(*receive(files, by=by))
    if row.state == State.INCOMPLETE:
        row.state, row.expected_on = State.ASKED, expected_on(row.kind, timezone.localdate())
        row.save(update_fields=["state", "expected_on"])
    details = {"documents": len(files)}
    record("care_request.documents_added", by=by, object_kind="care_request", object_id=row.pk, details=details)


@transaction.atomic
def ask(*, by: Account, request: CareRequest) -> CareRequest:
    """Send the draft: it has its number already, and now the day of its answer. Raises NotOpen, NoDocument or NotRunning."""
    register.demand(Purpose.PRIOR_AGREEMENT)
    row = held(request, State.DRAFT)
    if not row.is_ready:
        raise NotOpen
    if not row.documents.exists():
        raise NoDocument
    now = timezone.now()
    row.state, row.asked_at = State.ASKED, now
    row.expected_on = expected_on(row.kind, timezone.localdate(now))
    row.save(update_fields=["state", "asked_at", "expected_on"])
    record("care_request.asked", by=by, object_kind="care_request", object_id=row.pk)
    tell(row, Told.RECEIVED)
    return row


def held(request: CareRequest, *states: State) -> CareRequest:
    """The row as it is now, held until the end of the transaction. Raises NotOpen."""
    row = CareRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk, state__in=states).first()
    if row is None:
        raise NotOpen
    return row
