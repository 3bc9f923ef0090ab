"""How texts are sealed: each thread, and each draft, has a key of its own, read once for a whole page."""

from collections.abc import Iterable

from portals.correspondence.models import Message, StaffNote, Thread
from portals.secrets import seal
from portals.secrets.keys import known_data_key
from portals.secrets.sealing import unseal_with

MESSAGE_PLACE = "portals_message.text_sealed"
NOTE_PLACE = "portals_staffnote.text_sealed"


def subject_of(thread: Thread) -> str:
    return f"thread:{thread.reference}"


def seal_message(thread: Thread, text: str) -> bytes:
    return seal(subject_of(thread), MESSAGE_PLACE, text)


def seal_note(thread: Thread, text: str) -> bytes:
    return seal(subject_of(thread), NOTE_PLACE, text)


def texts_of(thread: Thread, messages: Iterable[Message]) -> dict[int, str]:
    """The texts of messages of one thread by their id. One query."""
    subject = subject_of(thread)
    key = known_data_key(subject)
    return {row.pk: unseal_with(key, subject, MESSAGE_PLACE, bytes(row.text_sealed)) for row in messages}


def notes_of(thread: Thread) -> list[tuple[StaffNote, str]]:
    """The notes of staff with their texts, oldest first. Two queries."""
    subject = subject_of(thread)
    key = known_data_key(subject)
    notes = StaffNote.objects.filter(thread=thread).select_related("author").order_by("id")
    return [(note, unseal_with(key, subject, NOTE_PLACE, bytes(note.text_sealed))) for note in notes]
