"""What the employer decides: accept, refuse, end, take a medical document away, say that the employee is covered since."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from employers.waivers.actions import NotOpen, held, held_request, note
from employers.waivers.emails import Told, tell
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.rules import rule_of, valid_until
from employers.waivers.words import LIVING, Answer, End, Kind, State, What
from portals.accounts.models import Account
from portals.documents.models import Upload, UploadState
from portals.documents.quarantine import forget, release
from portals.presentation.formats import long_date
from privacy.audit import record


class ProofUnchecked(Exception):
    """A document is still in quarantine, or the one that the case asks for was taken away."""


@transaction.atomic
def accept(*, by: Account, request: WaiverRequest) -> Waiver:
    """The waiver holds from its first day, or goes on: until its declared end, or a year after this proof.

    Raises NotOpen, ProofUnchecked.
    """
    row = held_request(request)
    waiver, rule = row.waiver, rule_of(row.waiver.case, row.waiver.first_day)
    states = set(row.proofs.values_list("state", flat=True))
    if UploadState.QUARANTINED in states or (rule and rule.proof and UploadState.RELEASED not in states):
        raise ProofUnchecked
    if rule is None:
        raise NotOpen
    _answer(row, Answer.ACCEPTED, by)
    waiver.state, waiver.ends_on = State.ACCEPTED, row.ends_on if rule.end else None
    waiver.valid_until = valid_until(rule, proved_on=_proved_on(row), ends_on=row.ends_on)
    waiver.save(update_fields=["state", "ends_on", "valid_until"])
    until = f"Jusqu’au {long_date(waiver.valid_until)}." if waiver.valid_until else ""
    note(waiver, What.ACCEPTED, by=by, words=until)
    _record("waiver.accepted", by, waiver)
    return waiver


@transaction.atomic
def refuse(*, by: Account, request: WaiverRequest, reason: str) -> Waiver:
    """The employee is to be covered; a renewal that is refused leaves the waiver until its last day. Raises NotOpen."""
    row = held_request(request)
    row.reason = reason
    _answer(row, Answer.REFUSED, by)
    if row.kind == Kind.FIRST:
        row.waiver.state = State.REFUSED
        row.waiver.save(update_fields=["state"])
    note(row.waiver, What.REFUSED, by=by, words=reason)
    _record("waiver.refused", by, row.waiver)
    return row.waiver


@transaction.atomic
def end(*, by: Account, waiver: Waiver, why: End, last_day: datetime.date) -> Waiver:
    """Before its time: the employee joins, leaves, or the case no longer holds. What waits is withdrawn. Raises NotOpen."""
    row = held(waiver, *LIVING)
    _withdraw_waiting(row, by)
    _end(row, why, last_day)
    note(row, What.ENDED, by=by, words=str(why.label))
    _record("waiver.ended", by, row)
    return row


@transaction.atomic
def expire(*, waiver: Waiver, today: datetime.date) -> bool:
    """At night, the day after its last one: the employee is to be covered. A request that waits holds it back.

    Says whether it ended. In the system's context.
    """
    try:
        row = held(waiver, State.ACCEPTED)
    except NotOpen:
        return False
    if row.valid_until is None or row.valid_until >= today or row.requests.filter(answer=Answer.WAITING).exists():
        return False
    _end(row, End.EXPIRED, row.valid_until)
    note(row, What.ENDED, by=None, words=str(End.EXPIRED.label))
    tell(row, Told.EXPIRED, key=row.valid_until.isoformat())
    _record("waiver.expired", None, row)
    return True


@transaction.atomic
def settle(*, by: Account | None, waiver: Waiver) -> None:
    """The employee of a waiver that ran out was covered since: nothing is left to do. Raises NotOpen."""
    row = held(waiver, State.ENDED)
    if row.ended_for != End.EXPIRED or row.settled_at is not None:
        raise NotOpen
    row.settled_at = timezone.now()
    row.save(update_fields=["settled_at"])
    note(row, What.SETTLED, by=by)
    _record("waiver.settled", by, row)


@transaction.atomic
def discard_medical(*, by: Account, request: WaiverRequest, upload: Upload) -> None:
    """Take a medical document away for good, its key with it (PDP-4.2): the employer has no right to it. Raises NotOpen."""
    row = held_request(request)
    row.proofs.remove(upload)
    forget([upload])
    note(row.waiver, What.MEDICAL_DISCARDED, by=by)
    _record("waiver.medical_discarded", by, row.waiver)


def check_by_hand(*, by: Account, upload: Upload) -> None:
    """Let a document out of quarantine where no antivirus runs: it was made anew on arrival, and nothing in it runs.

    Raises NotOpen where an antivirus looks at documents; `portals.documents.quarantine.AlreadyDecided`.
    """
    if settings.CLAMD_SOCKET:
        raise NotOpen
    release(by=by, upload=upload)


def _proved_on(request: WaiverRequest) -> datetime.date:
    """The day that a yearly proof counts from: the first day of the waiver, then the last one of the year before."""
    before = request.waiver.first_day if request.kind == Kind.FIRST else request.waiver.valid_until
    return max(before or request.written_on, request.written_on)


def _answer(request: WaiverRequest, answer: Answer, by: Account) -> None:
    request.answer, request.answered_at, request.answered_by = answer, timezone.now(), by
    request.save(update_fields=["answer", "reason", "answered_at", "answered_by"])


def _withdraw_waiting(waiver: Waiver, by: Account) -> None:
    for request in WaiverRequest.objects.select_for_update().filter(waiver=waiver, answer=Answer.WAITING):
        _answer(request, Answer.WITHDRAWN, by)


def _end(waiver: Waiver, why: End, last_day: datetime.date) -> None:
    waiver.state, waiver.ended_for, waiver.ended_on = State.ENDED, why, last_day
    waiver.save(update_fields=["state", "ended_for", "ended_on"])


def _record(action: str, by: Account | None, waiver: Waiver) -> None:
    record(action, by=by, object_kind="waiver", object_id=waiver.pk)
