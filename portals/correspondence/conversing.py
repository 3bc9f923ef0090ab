"""One thread on its page, message or complaint: what was written, and what is added to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portals.correspondence import actions
from portals.correspondence.entering import Writer, refusal, thread_of, too_many, writer_of
from portals.correspondence.forms import ReplyForm
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import letters_of
from portals.signals import announce

PAGES = {Kind.MESSAGE: "portals:message", Kind.COMPLAINT: "portals:complaint"}


def _nothing_more(_thread: Thread) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Conversation:
    """What differs between a complaint and a message. `standing`: what else the page says of a thread."""

    kind: Kind
    template: str
    standing: Callable[[Thread], dict[str, object]] = _nothing_more


def converse(request: HttpRequest, conversation: Conversation, number: str) -> HttpResponse:
    """The whole exchange: the page, or what was added to the thread."""
    writer = writer_of(request)
    if (refused := refusal(request, conversation.kind)) is not None:
        return refused
    thread = thread_of(writer, conversation.kind, number)
    form = ReplyForm()
    if request.method == "POST":
        if (waiting := too_many(request, writer.account)) is not None:
            return waiting  # before a byte of the files is looked at
        form = ReplyForm(request.POST, request.FILES)
        if form.is_valid():
            return _added(request, writer, thread, form)
    else:
        announce(
            "complaint.consulted" if thread.kind == Kind.COMPLAINT else "message.consulted",
            by=writer.account,
            object_kind="thread",
            object_id=thread.pk,
        )
    context = {"thread": thread, "letters": letters_of(thread), "form": form, **conversation.standing(thread)}
    return render(request, conversation.template, context)


def back_to(thread: Thread) -> HttpResponse:
    """The page of a thread, whatever its kind."""
    return redirect(PAGES[Kind(thread.kind)], number=thread.number)


def _added(request: HttpRequest, writer: Writer, thread: Thread, form: ReplyForm) -> HttpResponse:
    said = form.cleaned_data
    actions.follow_up(by=writer.account, thread=thread, text=said["text"], files=said["enclosures"])
    messages.success(request, "Envoyé\u00a0: votre texte est ajouté à cet échange.")
    return back_to(thread)
