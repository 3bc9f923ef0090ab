"""What members do: keep a draft, add documents, send, withdraw. What staff decide is in `deciding.py`."""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from members.beneficiaries.emails import Told, tell
from members.beneficiaries.models import BeneficiaryRequest, RequestStep
from members.beneficiaries.rules import ANSWER_WORKING_DAYS, needs_proof
from members.beneficiaries.sealing import Answers, seal_answers, subject_of, without_nir
from members.beneficiaries.words import OPEN_STATES, Kind, State, What
from members.coverage.models import Policy
from members.households.models import Person
from portals.accounts.models import Account
from portals.correspondence.rules import working_days_after
from portals.documents.quarantine import forget
from portals.documents.uploads import CleanFile, receive
from portals.secrets.models import SubjectKey
from privacy.audit import record


class NotAsked(Exception):
    """The request is not, or no longer, in a state that allows this."""


class NoProof(Exception):
    """This request is sent with at least one document."""


@dataclass(frozen=True)
class Wish:
    """What is asked, before it is sent. `asked_for`: in whose name. `effect_date`: what the rules make of it."""

    kind: Kind
    asked_for: Person
    policy: Policy
    person: Person | None = None
    case: str = ""
    reason: str = ""
    event_date: datetime.date | None = None
    effect_date: datetime.date | None = None


@transaction.atomic
def save_draft(*, by: Account, wish: Wish, answers: Answers) -> BeneficiaryRequest:
    """Keep what was typed until it is sent: one draft of a kind. Its documents stay, unless it speaks of another case."""
    drafts = BeneficiaryRequest.objects.select_for_update(of=("self",))
    draft = drafts.filter(account=by, asked_for=wish.asked_for, kind=wish.kind, state=State.DRAFT).first()
    if draft is not None and (draft.case, draft.reason, draft.person) != (wish.case, wish.reason, wish.person):
        _drop_documents(draft)
    draft = draft or BeneficiaryRequest(
        account=by, asked_for=wish.asked_for, kind=wish.kind, reference=secrets.token_hex(16)
    )
    draft.household_id, draft.policy, draft.person = wish.asked_for.household_id, wish.policy, wish.person
    draft.case, draft.reason = wish.case, wish.reason
    draft.event_date, draft.effect_date = wish.event_date, wish.effect_date
    draft.answers_sealed, draft.saved_at = seal_answers(draft, answers), timezone.now()
    draft.save()
    _record("beneficiaries.drafted", by, draft)
    return draft


@transaction.atomic
def add_proofs(*, by: Account, request: BeneficiaryRequest, files: list[CleanFile]) -> None:
    """Add documents to a draft, or to a request that waits; one that missed a document goes back to the queue.

    Raises NotAsked.
    """
    row = held(request, State.DRAFT, *OPEN_STATES)
    row.proofs.add(*receive(files, by=by))
    if row.state == State.INCOMPLETE:
        row.state, row.due_on = State.ASKED, answer_by(timezone.localdate())
        row.save(update_fields=["state", "due_on"])
    if row.is_sent:
        note(row, What.DOCUMENT_ADDED)
    _record("beneficiaries.document_added", by, row, documents=len(files))


@transaction.atomic
def send(*, by: Account, request: BeneficiaryRequest, effect_date: datetime.date) -> BeneficiaryRequest:
    """Send the draft, with the date of effect that its summary showed: it has a number, and the day of the answer.

    Raises NotAsked or NoProof.
    """
    row = held(request, State.DRAFT)
    if needs_proof(row.reason) and not row.proofs.exists():
        raise NoProof
    now = timezone.now()
    today = timezone.localdate(now)
    row.number = f"BEN-{today.year}-{row.pk:06d}"
    row.state, row.asked_at, row.due_on, row.effect_date = State.ASKED, now, answer_by(today), effect_date
    row.save(update_fields=["number", "state", "asked_at", "due_on", "effect_date"])
    note(row, What.ASKED)
    _record("beneficiaries.asked", by, row)
    tell(row, Told.RECEIVED)
    return row


@transaction.atomic
def withdraw(*, by: Account, request: BeneficiaryRequest) -> None:
    """Take back a request before it is decided; a draft goes for good, documents included. Raises NotAsked."""
    row = held(request, State.DRAFT, *OPEN_STATES)
    if row.state == State.DRAFT:
        _record("beneficiaries.draft_deleted", by, row)
        delete_draft(row)
        return
    row.state, row.answers_sealed = State.WITHDRAWN, without_nir(row)
    row.save(update_fields=["state", "answers_sealed"])
    note(row, What.WITHDRAWN)
    _record("beneficiaries.withdrawn", by, row)


def delete_draft(draft: BeneficiaryRequest) -> None:
    """The draft, its documents and the key of both, in the caller's transaction."""
    _drop_documents(draft)
    SubjectKey.objects.filter(subject=subject_of(draft)).delete()
    draft.delete()


def answer_by(day: datetime.date) -> datetime.date:
    """The day on which a request sent that day is answered at the latest: ten working days."""
    return working_days_after(day, ANSWER_WORKING_DAYS)


def held(request: BeneficiaryRequest, *states: State) -> BeneficiaryRequest:
    """The row as it is now, held until the end of the transaction. Raises NotAsked out of these states."""
    rows = BeneficiaryRequest.objects.select_for_update(of=("self",)).select_related("person", "policy")
    row = rows.filter(pk=request.pk, state__in=states).first()
    if row is None:
        raise NotAsked
    return row


def note(request: BeneficiaryRequest, what: What, words: str = "") -> None:
    """One more line of the request's story."""
    RequestStep.objects.create(request=request, household_id=request.household_id, what=what, words=words)


def _drop_documents(draft: BeneficiaryRequest) -> None:
    uploads = list(draft.proofs.all())
    draft.proofs.clear()
    forget(uploads)


def _record(action: str, by: Account, row: BeneficiaryRequest, **details: int) -> None:
    record(action, by=by, object_kind="beneficiary_request", object_id=row.pk, details=dict(details) or None)
