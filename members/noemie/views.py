"""The page of the link between the caisse and the mutual."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.households.rules import listed
from members.households.viewpoints import viewpoint_of
from members.noemie.queries import links_of
from portals.access.entry import account_of
from privacy.audit import record


@require_safe
def transmission(request: HttpRequest) -> HttpResponse:
    """Where the link of each person stands, since when, and what to do when it was rejected."""
    viewpoint = viewpoint_of(request)
    links = links_of(viewpoint)
    record("noemie.consulted", by=account_of(request), object_kind="household", object_id=viewpoint.household_id)
    stuck = listed([told.person.first_name for told in links if told.needs_help])
    context = {"viewpoint": viewpoint, "links": links, "stuck": stuck}
    return render(request, "members/noemie/page.html", context)
