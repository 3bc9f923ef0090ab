"""The enforceable documents (CGU-3.3): what held for me on a day, and every version since I am covered."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.guarantees.forms import DayForm
from members.households.viewpoints import viewpoint_of
from members.library.models import LegalDocument
from members.library.queries import readable, stretches_of
from members.library.rules import applied
from portals.access.entry import account_of
from portals.documents.actions import download
from portals.names import unaccented
from privacy.audit import record


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Those in force for the viewer on a day, today by default; then all the versions, text by text."""
    viewpoint = viewpoint_of(request)
    form = DayForm(request.GET, today=viewpoint.day)
    day = form.asked or viewpoint.day
    stretches = stretches_of(viewpoint)
    found = readable(stretches)
    in_force = [document for document in found if applied(document, stretches, day)]
    record(
        "library.listed", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"day": day.isoformat(), "documents": len(in_force)},
    )  # fmt: skip
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "day": day,
        "is_today": day == viewpoint.day,
        "is_covered": any(stretch.holds_on(day) for stretch in stretches),
        "in_force": in_force,
        "texts": [
            (kind, list(versions))
            for kind, versions in groupby(found, key=lambda document: document.get_kind_display())
        ],
    }
    return render(request, "members/library/list.html", context)


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The PDF of a version. One that never held for the viewer is as unknown as one that never was."""
    viewpoint = viewpoint_of(request)
    found = next((one for one in readable(stretches_of(viewpoint)) if one.pk == document_id), None)
    if found is None:
        raise Http404
    record("library.downloaded", by=account_of(request), object_kind="legal_document", object_id=found.pk)
    return download(found.file, filename_of(found))


def filename_of(document: LegalDocument) -> str:
    """`Statuts V-01-2025.pdf`."""
    words = f"{unaccented(document.title)} {document.version}"
    return "".join(sign if sign.isalnum() or sign in " -_." else " " for sign in words) + ".pdf"
