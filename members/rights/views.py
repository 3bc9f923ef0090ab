"""« Qui a vérifié mes droits »."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.households.viewpoints import viewpoint_of
from members.rights.queries import SHOWN, looks_seen, told_of
from portals.access.entry import account_of
from privacy.audit import record


@require_safe
def rights_looks(request: HttpRequest) -> HttpResponse:
    """The professionals who were shown the card of the viewer, or of their young children, and for which day."""
    viewpoint = viewpoint_of(request)
    looks = list(looks_seen(viewpoint)[:SHOWN])
    record(
        "rights.looks_listed", by=account_of(request), object_kind="person", object_id=viewpoint.viewer.id,
        details={"looks": len(looks)},
    )  # fmt: skip
    told = told_of(viewpoint)
    context = {
        "viewpoint": viewpoint,
        "rows": [(look, viewpoint.by_id[look.person_id]) for look in looks],
        "last": looks[0] if looks else None,
        "tells_whom": len(told) > 1,
        "children": [person.first_name for person in told[1:]],
        "is_cut": len(looks) == SHOWN,
    }
    return render(request, "members/rights/looks.html", context)
