"""« Qui voit mes soins »: who, why, since when, until when; and from 16 to 18, the choice of each parent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.households.choices.actions import NotTheirChoice, choose
from members.households.viewpoints import viewpoint_of
from members.representation import actions as representing
from members.representation.models import Ending
from members.representation.queries import representation_of
from members.representation.rules import may_prolong
from members.visibility.queries import watchers_of
from portals.access.entry import account_of, grant_of
from privacy.audit import record

HIDDEN = (
    "C’est fait\u00a0: cette personne ne voit plus vos soins, à l’instant. Vous pouvez changer d’avis à tout moment."
)
SHOWN = "C’est fait\u00a0: cette personne voit de nouveau vos soins."


@require_safe
def watchers(request: HttpRequest) -> HttpResponse:
    """Everyone who sees the person's care, and whose care the person sees (PDP-1.2)."""
    viewpoint = viewpoint_of(request)
    record("care.watchers_listed", by=account_of(request), object_kind="person", object_id=viewpoint.viewer.id)
    context = {
        "viewpoint": viewpoint,
        "is_self": not viewpoint.is_represented,
        "watchers": watchers_of(viewpoint),
    }
    return render(request, "members/visibility/watchers.html", context)


@require_POST
def choose_parent(request: HttpRequest, parent_id: int) -> HttpResponse:
    """Show one's care to a parent of the household, or not; only from one's own account."""
    shows = _shows(request)
    try:
        choose(by=account_of(request), person_id=_own(request), parent_id=parent_id, shows=shows)
    except NotTheirChoice as error:
        raise Http404 from error
    return _said(request, shows=shows)


@require_POST
def choose_representative(request: HttpRequest, representation_id: int) -> HttpResponse:
    """The same for a parent who sees as a representative: stopped, or let in again."""
    viewpoint, shows = viewpoint_of(request), _shows(request)
    row = representation_of(_own(request), representation_id)
    if row is None or not may_prolong(row.quality, birth_date=viewpoint.viewer.birth_date, day=viewpoint.day):
        raise Http404
    try:
        if shows:
            representing.resume(by=account_of(request), representation=row)
        else:
            representing.end(by=account_of(request), representation=row, why=Ending.CHOICE)
    except representing.NotAsked as error:
        raise Http404 from error
    return _said(request, shows=shows)


def _own(request: HttpRequest) -> int:
    """The person, from their own account: nobody chooses in their name."""
    grant = grant_of(request)
    if grant.represents:
        raise Http404
    return grant.subject_id


def _shows(request: HttpRequest) -> bool:
    return request.POST.get("shows") == "yes"


def _said(request: HttpRequest, *, shows: bool) -> HttpResponse:
    messages.success(request, SHOWN if shows else HIDDEN)
    return redirect("members:watchers")
