"""Complaints: open to every account, suspended, ended or without the terms; signed out, the ways of the post."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts import limits
from portals.accounts.models import Account
from portals.correspondence import actions, documents
from portals.correspondence.composing import Composition, compose
from portals.correspondence.conversing import Conversation, back_to, converse
from portals.correspondence.entering import refusal, thread_of, too_many, writer_of
from portals.correspondence.forms import ComplaintForm, EscalationForm
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import counts_of, page_of, visible
from portals.correspondence.rules import Clock
from portals.correspondence.views import before_of
from portals.documents.actions import as_attachment
from portals.presentation.formats import local_date
from portals.presentation.rulers import Tick
from portals.presentation.shares import length
from portals.signals import announce

COMPLAINT = Composition(
    Kind.COMPLAINT, ComplaintForm, "portals/correspondence/complaint_new.html", "portals:complaint_new",
    "portals:complaint", ("topic", "text", "medical"),
)  # fmt: skip
PRINTS_BY_ACCOUNT = limits.Limit("complaint prints", 30, 3600)
"""Laying out a page takes a tenth of a second of a processor."""


@login_not_required
@never_cache
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """What was complained of and where it stands; signed out, how to complain without an account."""
    if not isinstance(request.user, Account):
        return render(request, "portals/correspondence/complaints_signed_out.html")
    writer = writer_of(request)
    if (refused := refusal(request, Kind.COMPLAINT)) is not None:
        return refused
    threads = visible(writer.account, writer.grant, Kind.COMPLAINT)
    announce("complaints.listed", by=writer.account, object_kind="account", object_id=writer.account.pk)
    context = {"page": page_of(threads, before=before_of(request)), "counts": counts_of(threads)}
    return render(request, "portals/correspondence/complaints.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Write a complaint (CGU-3.13)."""
    return compose(request, COMPLAINT)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint: its clock, what was written, what may be done next."""
    return converse(request, CONVERSATION, number)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def complaint_escalate(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a second look, once."""
    writer = writer_of(request)
    if (refused := refusal(request, Kind.COMPLAINT)) is not None:
        return refused
    thread = thread_of(writer, Kind.COMPLAINT, number)
    if not actions.may_escalate(thread):
        raise Http404
    form = EscalationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (waiting := too_many(request, writer.account)) is not None:
        return waiting
    if request.method == "POST" and form.is_valid():
        with suppress(actions.NotEscalable):  # pressed twice: it was asked a moment ago
            actions.escalate(by=writer.account, thread=thread, text=form.cleaned_data["text"])
            messages.success(request, "Réexamen demandé\u00a0: une autre personne reprend votre dossier.")
        return back_to(thread)
    return render(request, "portals/correspondence/escalate.html", {"thread": thread, "form": form})


@never_cache
@require_safe
def complaint_copy(request: HttpRequest, number: str) -> HttpResponse:
    """The dated copy of what was sent."""
    thread = thread_of(writer_of(request), Kind.COMPLAINT, number)
    return _printed(request, thread, documents.copy_html, f"reclamation-{thread.number}.pdf")


@never_cache
@require_safe
def complaint_answer(request: HttpRequest, number: str) -> HttpResponse:
    """The last answer, as a letter."""
    thread = thread_of(writer_of(request), Kind.COMPLAINT, number)
    if documents.answer_html(thread) is None:
        raise Http404
    return _printed(request, thread, documents.answer_html, f"reponse-{thread.number}.pdf")


def _printed(request: HttpRequest, thread: Thread, html_of: documents.HtmlOf, name: str) -> HttpResponse:
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(thread.account_id))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    response = HttpResponse(documents.pdf(html_of, by=thread.account, thread=thread), content_type="application/pdf")
    return as_attachment(response, name)


def _standing(thread: Thread) -> dict[str, object]:
    """Where a complaint stands on its clock, and what is open to whoever made it."""
    today = timezone.localdate()
    clock = Clock(local_date(thread.opened_at))
    return {
        "clock": clock,
        "days_left": (thread.reply_by - today).days,
        "days_gone": clock.days_gone(today),
        "gone": length(clock.days_gone(today) / clock.days * 100),
        "ticks": _ticks(clock),
        "may_escalate": actions.may_escalate(thread),
        "opens_mediator": clock.opens_mediator(today, is_answered=thread.answered_at is not None),
    }


def _ticks(clock: Clock) -> list[Tick]:
    """The two days of the ruler that the law names: the acknowledgement, and the end."""
    whole = clock.days
    known = (clock.acknowledge_by - clock.sent_on).days
    return [Tick(length(days / whole * 100)) for days in (0, known, whole)]


CONVERSATION = Conversation(Kind.COMPLAINT, "portals/correspondence/complaint.html", _standing)
