"""Who may write and read here, and the page of those who may not: before every view of the room."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.access.models import Grant
from portals.access.switching import choice_to_make
from portals.accounts.limits import Limit, LimitReached, count, wait_page
from portals.accounts.models import Account
from portals.correspondence.models import Kind, Thread
from portals.correspondence.queries import visible
from portals.correspondence.topics import SPACES

TEXTS_BY_ACCOUNT = Limit("correspondence account", 20, 3600)
TEXTS_A_DAY = Limit("correspondence account day", 60, 86_400)


@dataclass(frozen=True)
class Writer:
    """The account, and the grant that it writes by; None when none is open."""

    account: Account
    grant: Grant | None


def writer_of(request: HttpRequest) -> Writer:
    """Raises Http404 for a space that does not write to the mutual: staff answer, elsewhere."""
    account = account_of(request)
    if account.space not in SPACES:
        raise Http404
    return Writer(account, entry_of(request).grant)


def refusal(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """Why this account may not, or not yet: who acts for others says for whom first.

    Never for a complaint, but for a representative who may only consult (CGU-7.1 to 7.5).
    """
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    entry = entry_of(request)
    if entry.grant is not None and entry.grant.consult_only and request.method == "POST":
        return closed.consult_only(request)
    if kind == Kind.COMPLAINT:
        return None
    whole = next((standing for standing in entry.restrictions if not standing.services), None)
    if whole is not None:
        return closed.restricted(request, whole, None)
    if entry.closing is not None and entry.closing.stops(timezone.now(), may_remain=True):
        return closed.withdrawn(request, entry.closing)
    return closed.no_access(request) if entry.grant is None else None


def thread_of(writer: Writer, kind: Kind, number: str) -> Thread:
    """Another's thread is as unknown as one that never was."""
    rows = visible(writer.account, writer.grant, kind).select_related("account")
    return get_object_or_404(rows, number=number)


def too_many(request: HttpRequest, account: Account) -> HttpResponse | None:
    """Counts one text; the page to wait on once there are too many."""
    try:
        count(TEXTS_BY_ACCOUNT, str(account.pk))
        count(TEXTS_A_DAY, str(account.pk))
    except LimitReached as reached:
        return wait_page(request, reached.seconds)
    return None
