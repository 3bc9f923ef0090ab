"""What people do: write, add to a thread, ask for a second look, close. What staff do is in `answering.py`."""

import secrets

from django.db import connection, transaction
from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence import drafts
from portals.correspondence.emails import Step, tell
from portals.correspondence.models import Kind, Message, Nature, State, Thread
from portals.correspondence.rules import Clock, message_due
from portals.correspondence.sealing import seal_message
from portals.documents.uploads import CleanFile, receive
from portals.signals import announce

PREFIXES = {Kind.COMPLAINT: "RC", Kind.MESSAGE: "MS"}
NEXT_NUMBER = """
    INSERT INTO portals_numbering (prefix, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = portals_numbering.last + 1 RETURNING last
"""


class NotEscalable(Exception):
    """A second look is asked once, after an answer or once its delay is over."""


class NotAnswered(Exception):
    """A thread that waits for the mutual is not settled."""


@transaction.atomic
def write(
    *, by: Account, kind: Kind, topic: str, text: str, grant: Grant | None, files: list[CleanFile],
    forget_draft: bool = True,
) -> Thread:  # fmt: skip
    """Send a complaint or a first message. Its clock starts today; the draft is forgotten; an e-mail says it came in.

    `forget_draft=False`: it was written elsewhere, and what waits in the form is something else.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    clock = Clock(today)
    is_complaint = kind == Kind.COMPLAINT
    thread = Thread(
        number=next_number(PREFIXES[kind], today.year),
        reference=secrets.token_hex(16),
        kind=kind,
        account=by,
        space=by.space,
        tenant_id=grant.tenant_id if grant else None,
        subject_id=grant.subject_id if grant else None,
        for_other=grant is not None and grant.represents,
        topic=topic,
        opened_at=now,
        acknowledge_by=clock.acknowledge_by if is_complaint else None,
        answer_by=clock.answer_by if is_complaint else message_due(today),
    )
    thread.due_on = thread.acknowledge_by or thread.answer_by
    thread.save()
    add_message(thread, by=by, text=text, files=files)
    if forget_draft:
        drafts.forget(account=by, kind=kind)
    announce(
        "complaint.sent" if kind == Kind.COMPLAINT else "message.sent",
        by=by,
        object_kind="thread",
        object_id=thread.pk,
        details={"documents": len(files)},
    )
    tell(thread, Step.RECEIVED)
    return thread


@transaction.atomic
def follow_up(*, by: Account, thread: Thread, text: str, files: list[CleanFile]) -> None:
    """Add to a thread. One that was answered or closed is open again; a complaint keeps its clock (ACPR 2022-R-01)."""
    row = held(thread)
    add_message(row, by=by, text=text, files=files)
    if row.state != State.WAITING:
        _open_again(row)
    announce(
        "complaint.followed_up" if row.kind == Kind.COMPLAINT else "message.followed_up",
        by=by,
        object_kind="thread",
        object_id=row.pk,
    )


@transaction.atomic
def escalate(*, by: Account, thread: Thread, text: str) -> None:
    """Have a complaint looked at again, by somebody else. Raises NotEscalable."""
    row = held(thread)
    if not may_escalate(row):
        raise NotEscalable
    row.escalated_at = timezone.now()
    row.save(update_fields=["escalated_at"])
    add_message(row, by=by, text=text, files=[], nature=Nature.ESCALATION)
    if row.state != State.WAITING:
        _open_again(row)
    announce("complaint.escalated", by=by, object_kind="thread", object_id=row.pk)


@transaction.atomic
def close(*, by: Account, thread: Thread) -> None:
    """The person says that it is settled. Raises NotAnswered."""
    row = held(thread)
    if row.state != State.ANSWERED:
        raise NotAnswered
    row.state, row.closed_at, row.due_on = State.CLOSED, timezone.now(), None
    row.save(update_fields=["state", "closed_at", "due_on"])
    announce(
        "complaint.closed" if row.kind == Kind.COMPLAINT else "message.closed",
        by=by,
        object_kind="thread",
        object_id=row.pk,
    )


def may_escalate(thread: Thread) -> bool:
    """Once, after an answer or when the two months are over."""
    is_late = timezone.localdate() > thread.answer_by
    return thread.kind == Kind.COMPLAINT and thread.escalated_at is None and (thread.answered_at is not None or is_late)


def held(thread: Thread) -> Thread:
    """The row as it is now, held until the end of the transaction."""
    return Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)


def add_message(
    thread: Thread, *, by: Account, text: str, files: list[CleanFile], nature: Nature = Nature.WORDS,
    from_staff: bool = False,
) -> Message:  # fmt: skip
    """Seal one text and what comes with it, in the caller's transaction."""
    message = Message.objects.create(
        thread=thread,
        holder_id=thread.account_id,
        author=by,
        from_staff=from_staff,
        nature=nature,
        text_sealed=seal_message(thread, text),
    )
    if files:
        message.uploads.add(*receive(files, by=by))
    return message


def _open_again(thread: Thread) -> None:
    """A complaint keeps its two months, with ten working days at least for what is added; a message has a new day."""
    today = timezone.localdate()
    thread.state, thread.closed_at = State.WAITING, None
    if thread.kind == Kind.MESSAGE:
        thread.answer_by = thread.due_on = message_due(today)
    else:
        thread.due_on = max(thread.answer_by, Clock(today).acknowledge_by)
    thread.save(update_fields=["state", "closed_at", "answer_by", "due_on"])


def next_number(prefix: str, year: int) -> str:
    """`RC-2026-000123`: the next of its prefix and year, without gaps between what is committed."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [prefix, year])
        row = cursor.fetchone()
    return f"{prefix}-{year}-{row[0] if row else 0:06d}"
