"""Who may ask, before every page of the room: any account of a space, suspended or ended or without the terms (CGU-7)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.access.models import Grant
from portals.access.switching import choice_to_make
from portals.accounts.limits import Limit, LimitReached, count, wait_page
from portals.accounts.models import Account, Space
from privacy.rights.models import RightsRequest
from privacy.rights.queries import visible

ASKED_BY_ACCOUNT = Limit("rights account", 10, 3600)
PRINTS_BY_ACCOUNT = Limit("rights prints", 30, 3600)
ASKED_BY_NETWORK = Limit("rights network", 30, 3600)


def asker_of(request: HttpRequest) -> tuple[Account, Grant | None]:
    """The account and the grant that it acts by. Raises Http404 for staff, whose data is not kept here."""
    account = account_of(request)
    if account.space == Space.STAFF:
        raise Http404
    return account, entry_of(request).grant


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Who acts for others says for whom first; who may only consult sends nothing."""
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    grant = entry_of(request).grant
    if grant is not None and grant.consult_only and request.method == "POST":
        return closed.consult_only(request)
    return None


def own_request(request: HttpRequest, number: str) -> RightsRequest:
    """Another's request is as unknown as one that never was."""
    account, grant = asker_of(request)
    return get_object_or_404(visible(account, grant).select_related("account"), number=number)


def too_many(request: HttpRequest, limit: Limit, key: str) -> HttpResponse | None:
    """Counts one post; the page to wait on once there are too many."""
    try:
        count(limit, key)
    except LimitReached as reached:
        return wait_page(request, reached.seconds)
    return None
