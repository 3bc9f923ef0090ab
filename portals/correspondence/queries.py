"""Reads about threads. An account sees what it wrote for the one it acts for, and nothing of its other roles."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence.models import Kind, Message, State, Thread
from portals.correspondence.sealing import texts_of
from portals.documents.models import Upload

PAGE = 20


@dataclass(frozen=True)
class Letter:
    """A message with its text, as pages show it."""

    message: Message
    text: str
    uploads: list[Upload]


@dataclass(frozen=True)
class Page:
    """Some threads, newest first; `older` is where the next page begins, None at the end."""

    threads: list[Thread]
    older: int | None


def visible(account: Account, grant: Grant | None, kind: Kind) -> QuerySet[Thread]:
    """What one wrote for oneself; while acting for somebody else, what one wrote for them."""
    if grant is not None and grant.represents:
        return Thread.objects.filter(account=account, kind=kind, for_other=True, subject_id=grant.subject_id)
    return Thread.objects.filter(account=account, kind=kind, for_other=False)


def page_of(threads: QuerySet[Thread], *, before: int | None) -> Page:
    """Keyset page on the number of the row, the same work whatever was written before."""
    rows = threads.filter(pk__lt=before) if before else threads
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def counts_of(threads: QuerySet[Thread]) -> dict[str, int]:
    """How many there are, how many wait for the mutual, how many were answered and not closed."""
    return threads.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        answered=Count("pk", filter=Q(state=State.ANSWERED)),
    )


def letters_of(thread: Thread) -> list[Letter]:
    """Every message of a thread, oldest first. Three queries."""
    attached = Prefetch("uploads", queryset=Upload.objects.order_by("id"))
    messages = list(thread.messages.select_related("author").prefetch_related(attached).order_by("id"))
    texts = texts_of(thread, messages)
    return [Letter(message, texts[message.pk], list(message.uploads.all())) for message in messages]
