"""The dated copy of a complaint and the answer to it, as signed PDF/UA, drawn anew from texts that never change."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.correspondence.models import Nature, Thread
from portals.correspondence.queries import Letter, letters_of
from portals.correspondence.rules import Clock
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import instant_with_zone, local_date, long_date
from portals.signals import announce

COMPLAINT = verification.register(Kind("complaint", "Réclamation ou réponse à une réclamation"))

type HtmlOf = Callable[[Thread, Mark], str | None]


def copy_html(thread: Thread, mark: Mark | None = None) -> str:
    """What the person sent, with the delays that it started."""
    sent = [letter for letter in letters_of(thread) if not letter.message.from_staff]
    return _html(thread, sent, mark, is_answer=False)


def answer_html(thread: Thread, mark: Mark | None = None) -> str | None:
    """The last answer, None before the first one."""
    answers = [letter for letter in letters_of(thread) if letter.message.nature == Nature.ANSWER]
    return _html(thread, answers[-1:], mark, is_answer=True) if answers else None


def pdf(html_of: HtmlOf, *, by: Account, thread: Thread) -> bytes:
    """The signed document, which `/verifier/` knows; the journal notes that it was downloaded.

    `html_of` is `copy_html`, or `answer_html` once there is an answer.
    """
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait
    from portals.documents.signing import sign

    def signed(mark: Mark) -> bytes:
        return sign(render_pdf(html_of(thread, mark) or ""), reason=f"Réclamation {thread.number}")

    announce("complaint.printed", by=by, object_kind="thread", object_id=thread.pk)
    return verification.issue(COMPLAINT, signed, period=f"Du {long_date(thread.opened_at)}", by=by)


def _html(thread: Thread, letters: list[Letter], mark: Mark | None, *, is_answer: bool) -> str:
    context = {
        "thread": thread,
        "letters": letters,
        "mark": mark,
        "is_answer": is_answer,
        "clock": Clock(local_date(thread.opened_at)),
        "made_at": instant_with_zone(timezone.now()),
        "account": thread.account,
        "organisation": settings.ORGANISATION_FACTS,
        "space": thread.space,
    }
    return render_to_string("portals/correspondence/copy.html", context)
