"""What the staff of benefits decide: agree, ask for a document, refuse. Each of it in the system's context, journalled."""

import datetime
from decimal import Decimal

from django.utils import timezone

from members.quotes.requests.actions import held
from members.quotes.requests.emails import Told, tell
from members.quotes.requests.models import CareRequest, State
from members.quotes.requests.rules import default_validity, documents_until
from members.quotes.requests.sealing import content_of, seal_answer
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.models import UploadState
from privacy.audit import record

OPEN_STATES = (State.ASKED, State.INCOMPLETE)


class DocumentUnchecked(Exception):
    """A document is still in quarantine, or none was kept: there is nothing to decide on."""


class OwnRequest(Exception):
    """Nobody decides of a request that they sent themselves."""


def accept(
    *, by: Account, request: CareRequest, amount: Decimal, words: str = "", valid_until: datetime.date | None = None
) -> None:
    """Agree to an amount, in euros; an agreement holds until a day. Raises NotOpen, DocumentUnchecked or OwnRequest."""
    with isolation.system():
        row = _held(by, request)
        if (
            row.documents.filter(state=UploadState.QUARANTINED).exists()
            or not row.documents.filter(state=UploadState.RELEASED).exists()
        ):
            raise DocumentUnchecked
        today = timezone.localdate()
        if row.is_agreement:
            row.valid_until = valid_until or default_validity(today)
        _decide(row, by, State.ACCEPTED, {"amount": str(amount), "words": words.strip()})
    _record("care_request.accepted", by, row)


def ask_for_document(*, by: Account, request: CareRequest, words: str) -> None:
    """Say which document is missing; the person adds it, and the request comes back. Raises NotOpen or OwnRequest."""
    with isolation.system():
        row = _held(by, request)
        row.state, row.answer_sealed = State.INCOMPLETE, seal_answer(row, {"words": words.strip()})
        row.save(update_fields=["state", "answer_sealed"])
        tell(row, Told.INCOMPLETE)
    _record("care_request.document_asked", by, row)


def refuse(*, by: Account, request: CareRequest, reason: str) -> None:
    """Refuse, with the reason that the person reads. Raises NotOpen or OwnRequest."""
    with isolation.system():
        row = _held(by, request)
        _decide(row, by, State.REFUSED, {"words": reason.strip()})
    _record("care_request.refused", by, row)


def _held(by: Account, request: CareRequest) -> CareRequest:
    row = held(request, *OPEN_STATES)
    if row.account_id == by.pk:
        raise OwnRequest
    return row


def _decide(row: CareRequest, by: Account, state: State, answer: dict[str, str]) -> None:
    """The answer keeps what its letter says of the care: the details go before it."""
    now = timezone.now()
    content = content_of(row)
    row.answer_sealed = seal_answer(row, {"care": content["need_label"], "on": content["on"], **answer})
    row.state, row.decided_at, row.decided_by = state, now, by
    row.documents_until = documents_until(timezone.localdate(now))
    row.save()
    tell(row, Told.ANSWERED)


def _record(action: str, by: Account, row: CareRequest) -> None:
    record(action, by=by, object_kind="care_request", object_id=row.pk, details={"person": row.person_id})
