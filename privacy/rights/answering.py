"""What the data protection officer and the services do. Staff read in their own scope; what they write is the system's."""

import datetime

from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.quarantine import forget
from privacy.audit import record
from privacy.rights import registry
from privacy.rights.actions import held, run_again, state_of_tasks
from privacy.rights.copies import attach_copy
from privacy.rights.doubts import RightsPause, RightsProof
from privacy.rights.emails import Step, tell
from privacy.rights.models import Identity, Outcome, Right, RightsDecision, RightsRequest, RightsTask, State, Verdict
from privacy.rights.queries import clock_of
from privacy.rights.sealing import seal_answer, seal_instruction, seal_report

WITHOUT_DECISION = {Right.QUESTION, Right.WITHDRAWAL, Right.POST_MORTEM}
"""What is answered in words, and not class of data by class of data."""


class AlreadyPaused(Exception):
    """The delay is suspended already."""


class TooLate(Exception):
    """An extension is told within the first month, once."""


class IdentityUnknown(Exception):
    """Nobody is answered whose identity is not established."""


class StillWaiting(Exception):
    """Tasks are not done, a proof was not looked at, or the delay is suspended."""


class NotDecided(Exception):
    """No class of data has its decision."""


class AlreadyThere(Exception):
    """The task is asked for already, or done."""


def pause(*, by: Account, request: RightsRequest, reason: str) -> None:
    """A reasonable doubt: ask for a proof of identity and suspend the delay; the person is told why (GDPR art. 12(6)).

    Raises NotPending or AlreadyPaused.
    """
    with isolation.system():
        row = held(request)
        if row.state == State.PAUSED:
            raise AlreadyPaused
        RightsPause.objects.create(
            request=row, holder_id=row.account_id, began_on=timezone.localdate(), reason=reason, by=by
        )
        row.state, row.identity = State.PAUSED, Identity.UNKNOWN
        row.save(update_fields=["state", "identity"])
        tell(row, Step.PAUSED)
    record("rights.paused", by=by, object_kind="rights_request", object_id=row.pk)


def confirm_identity(*, by: Account, request: RightsRequest, how: str) -> None:
    """The identity is established without a document: the delay runs again today. `how` goes to the task notes.

    Raises NotPending.
    """
    with isolation.system():
        row = held(request)
        row.identity = Identity.OTHER
        row.save(update_fields=["identity"])
        _note(row, by=by, text=how)
        run_again(row, on=timezone.localdate())
        tell(row, Step.RESUMED)
    record("rights.identity_confirmed", by=by, object_kind="rights_request", object_id=row.pk)


def check_proofs(*, by: Account, request: RightsRequest, accepted: bool, reason: str = "") -> int:
    """Say what the documents are worth, then destroy them, whatever they were worth (CNIL, SAN-2020-008).

    Refused, the delay is suspended anew for `reason`. Returns how many were destroyed. Raises NotPending.
    """
    with isolation.system():
        row = held(request)
        count = _destroy(row, by=by, accepted=accepted)
        if accepted and row.identity != Identity.SIGNED_IN:
            row.identity = Identity.PROOF
            row.save(update_fields=["identity"])
        run_again(row, on=timezone.localdate())
        if accepted:
            tell(row, Step.RESUMED)
        else:
            pause(by=by, request=row, reason=reason)
    return count


def extend(*, by: Account, request: RightsRequest, reason: str) -> None:
    """Two months more, told with the reason within the first month. Raises NotPending or TooLate."""
    with isolation.system():
        row = held(request)
        if not clock_of(row).may_extend(timezone.localdate()):
            raise TooLate
        row.extended_at, row.extension_reason = timezone.now(), reason
        row.due_on = clock_of(row).due_on(timezone.localdate())
        row.save(update_fields=["extended_at", "extension_reason", "due_on"])
        tell(row, Step.EXTENDED)
    record("rights.extended", by=by, object_kind="rights_request", object_id=row.pk)


def add_task(*, by: Account, request: RightsRequest, kind: str, instruction: str) -> RightsTask:
    """Ask a service for something more. Raises NotPending or AlreadyThere."""
    with isolation.system():
        row = held(request)
        if row.tasks.filter(kind=kind, done_at=None).exists():
            raise AlreadyThere
        task = RightsTask.objects.create(request=row, kind=kind, instruction_sealed=seal_instruction(row, instruction))
        _follow_tasks(row)
    record("rights.task_added", by=by, object_kind="rights_task", object_id=task.pk, details={"request": row.pk})
    return task


def finish_task(*, by: Account, task: RightsTask, report: str) -> None:
    """A service has done its part; with the last one, the request waits for its answer. Raises NotPending, AlreadyThere."""
    with isolation.system():
        row = held(task.request)
        mine = RightsTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if mine.done_at is not None:
            raise AlreadyThere
        mine.done_at, mine.done_by, mine.report_sealed = timezone.now(), by, seal_report(row, report)
        mine.save(update_fields=["done_at", "done_by", "report_sealed"])
        _follow_tasks(row)
    record("rights.task_done", by=by, object_kind="rights_task", object_id=task.pk, details={"request": row.pk})


def decide(*, by: Account, request: RightsRequest, decisions: dict[str, tuple[Verdict, str]]) -> None:
    """Write what is decided for each class of data, in place of what was; absent classes are not concerned.

    Raises NotPending.
    """
    with isolation.system():
        row = held(request)
        row.decisions.all().delete()
        RightsDecision.objects.bulk_create(
            RightsDecision(request=row, holder_id=row.account_id, data_class=data_class, verdict=verdict, reason=reason)
            for data_class, (verdict, reason) in decisions.items()
        )
    record("rights.decided", by=by, object_kind="rights_request", object_id=row.pk, details={"classes": len(decisions)})


def answer(*, by: Account, request: RightsRequest, outcome: Outcome, text: str) -> None:
    """Answer. Raises NotPending, IdentityUnknown, StillWaiting or NotDecided."""
    with isolation.system():
        row = held(request)
        if row.state == State.PAUSED or row.identity == Identity.UNKNOWN:
            raise IdentityUnknown
        if row.tasks.filter(done_at=None).exists() or row.proofs.filter(checked_at=None).exists():
            raise StillWaiting
        if row.right not in WITHOUT_DECISION and not row.decisions.exists():
            raise NotDecided
        row.state, row.outcome, row.answered_at, row.answered_by = State.ANSWERED, outcome, timezone.now(), by
        row.answer_sealed = seal_answer(row, text)
        row.save(update_fields=["state", "outcome", "answered_at", "answered_by", "answer_sealed"])
        attach_copy(row, by=by)
        tell(row, Step.ANSWERED)
    days = {"days": (timezone.localdate() - row.received_on).days}
    record("rights.answered", by=by, object_kind="rights_request", object_id=row.pk, details=days)


def _destroy(row: RightsRequest, *, by: Account, accepted: bool) -> int:
    """The files, their rows and their keys go; what remains says when and by whom. The journal has an entry for each."""
    proofs = list(RightsProof.objects.select_for_update(of=("self",)).filter(request=row, checked_at=None))
    for proof in proofs:
        upload = proof.upload
        proof.upload, proof.checked_at, proof.checked_by, proof.was_accepted = None, timezone.now(), by, accepted
        proof.save(update_fields=["upload", "checked_at", "checked_by", "was_accepted"])
        forget([upload] if upload else [])
        record("rights.proof_destroyed", by=by, object_kind="rights_proof", object_id=proof.pk)
    return len(proofs)


def _follow_tasks(row: RightsRequest) -> None:
    if row.state != State.PAUSED:
        row.state = state_of_tasks(row)
        row.save(update_fields=["state"])


def _note(row: RightsRequest, *, by: Account, text: str) -> None:
    """How the identity was established is kept as a task that is done."""
    RightsTask.objects.create(
        request=row, kind=IDENTITY.code, done_at=timezone.now(), done_by=by, report_sealed=seal_report(row, text)
    )


def remindable(today: datetime.date) -> list[RightsRequest]:
    """The requests whose delay runs and ends within ten days, or has ended. In the system's context."""
    ahead = today + datetime.timedelta(days=10)
    rows = RightsRequest.objects.filter(state__in=[State.OPEN, State.READY], due_on__lte=ahead)
    return list(rows.only("pk", "due_on").order_by("due_on", "pk"))


IDENTITY = registry.TaskKind("privacy.identity", "Établir l’identité", frozenset(), frozenset(), is_planned=False)
registry.register_tasks(IDENTITY)
