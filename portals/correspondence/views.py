"""Messages: the list, a new one, one conversation, and the documents that came with it."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.correspondence import actions
from portals.correspondence.composing import Composition, compose
from portals.correspondence.conversing import Conversation, back_to, converse
from portals.correspondence.entering import Writer, refusal, thread_of, writer_of
from portals.correspondence.forms import MessageForm
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import counts_of, page_of, visible
from portals.correspondence.rules import message_due
from portals.documents.models import Upload
from portals.documents.uploads import InQuarantine, serve
from portals.signals import announce

MESSAGE = Composition(
    Kind.MESSAGE, MessageForm, "portals/correspondence/message_new.html", "portals:message_new", "portals:message",
    ("topic", "text"),
)  # fmt: skip
CONVERSATION = Conversation(Kind.MESSAGE, "portals/correspondence/message.html")


@require_safe
def messages_list(request: HttpRequest) -> HttpResponse:
    """The conversations, the last one first; how many answers there are to read."""
    writer = writer_of(request)
    if (refused := refusal(request, Kind.MESSAGE)) is not None:
        return refused
    threads = visible(writer.account, writer.grant, Kind.MESSAGE)
    announce("messages.listed", by=writer.account, object_kind="account", object_id=writer.account.pk)
    context = {
        "page": page_of(threads, before=before_of(request)),
        "counts": counts_of(threads),
        "promised_on": message_due(timezone.localdate()),
    }
    return render(request, "portals/correspondence/messages.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def message_new(request: HttpRequest) -> HttpResponse:
    """Write a first message."""
    return compose(request, MESSAGE)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, number: str) -> HttpResponse:
    """One conversation, and what is added to it."""
    return converse(request, CONVERSATION, number)


@require_POST
def thread_close(request: HttpRequest, number: str) -> HttpResponse:
    """The person says that it is settled, message or complaint."""
    writer, thread = _any(request, number)
    with suppress(actions.NotAnswered):
        actions.close(by=writer.account, thread=thread)
        messages.success(request, "C’est noté\u00a0: vous pourrez toujours y revenir.")
    return back_to(thread)


@require_safe
def thread_upload(request: HttpRequest, number: str, upload_id: int) -> HttpResponse:
    """A document that the person sent, once it was checked."""
    writer, thread = _any(request, number)
    upload = get_object_or_404(Upload.objects.filter(letters__thread=thread), pk=upload_id)
    try:
        return serve(upload, by=writer.account)
    except InQuarantine as error:
        raise Http404 from error


def before_of(request: HttpRequest) -> int | None:
    """Where a page of the list begins; anything else than a number is the first page."""
    typed = request.GET.get("avant", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None


def _any(request: HttpRequest, number: str) -> tuple[Writer, Thread]:
    """A thread by its number, whatever its kind."""
    writer = writer_of(request)
    kind = Kind.COMPLAINT if number.startswith(actions.PREFIXES[Kind.COMPLAINT]) else Kind.MESSAGE
    if refusal(request, kind) is not None:
        raise Http404
    return writer, thread_of(writer, kind, number)
