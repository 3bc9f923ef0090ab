"""What staff do: acknowledge, answer, note, close. Staff read in their own scope; what they write runs in the system's."""

from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.correspondence.actions import add_message, held
from portals.correspondence.emails import Step, tell
from portals.correspondence.models import Kind, Nature, Outcome, StaffNote, State, Thread
from portals.correspondence.sealing import seal_note
from portals.signals import announce


class NotWaiting(Exception):
    """The thread was acknowledged, answered or closed meanwhile."""


class OutcomeMissing(Exception):
    """A complaint is answered with what it comes to, a message without."""


def acknowledge(*, by: Account, thread: Thread, text: str) -> None:
    """Say that a complaint came in and who looks at it; what is due next is the answer. Raises NotWaiting."""
    with isolation.system():
        row = held(thread)
        if row.kind != Kind.COMPLAINT or row.acknowledged_at is not None or row.state != State.WAITING:
            raise NotWaiting
        row.acknowledged_at, row.due_on = timezone.now(), row.answer_by
        row.save(update_fields=["acknowledged_at", "due_on"])
        add_message(row, by=by, text=text, files=[], nature=Nature.ACKNOWLEDGEMENT, from_staff=True)
        tell(row, Step.ACKNOWLEDGED)
    announce("complaint.acknowledged", by=by, object_kind="thread", object_id=row.pk)


def answer(*, by: Account, thread: Thread, text: str, outcome: str = "") -> None:
    """Answer. For a complaint, it also acknowledges one that was not. Raises NotWaiting or OutcomeMissing."""
    with isolation.system():
        row = held(thread)
        if row.state != State.WAITING:
            raise NotWaiting
        if (row.kind == Kind.COMPLAINT) != (outcome in Outcome.values):
            raise OutcomeMissing
        now = timezone.now()
        row.state, row.outcome, row.due_on = State.ANSWERED, outcome, None
        row.answered_at = row.answered_at or now
        if row.kind == Kind.COMPLAINT:
            row.acknowledged_at = row.acknowledged_at or now
        row.save(update_fields=["state", "outcome", "due_on", "answered_at", "acknowledged_at"])
        add_message(row, by=by, text=text, files=[], nature=Nature.ANSWER, from_staff=True)
        tell(row, Step.ANSWERED)
    announce(
        "complaint.answered" if row.kind == Kind.COMPLAINT else "message.answered",
        by=by,
        object_kind="thread",
        object_id=row.pk,
    )


def note(*, by: Account, thread: Thread, text: str) -> None:
    """Write something for colleagues."""
    with isolation.system():
        StaffNote.objects.create(thread=thread, author=by, text_sealed=seal_note(thread, text))
    announce(
        "complaint.noted" if thread.kind == Kind.COMPLAINT else "message.noted",
        by=by,
        object_kind="thread",
        object_id=thread.pk,
    )


def close(*, by: Account, thread: Thread) -> None:
    """Close what was answered. The person may open it again. Raises NotWaiting when it still waits for an answer."""
    with isolation.system():
        row = held(thread)
        if row.state != State.ANSWERED:
            raise NotWaiting
        row.state, row.closed_at, row.due_on = State.CLOSED, timezone.now(), None
        row.save(update_fields=["state", "closed_at", "due_on"])
    announce(
        "complaint.closed" if row.kind == Kind.COMPLAINT else "message.closed",
        by=by,
        object_kind="thread",
        object_id=row.pk,
    )
