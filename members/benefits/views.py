"""The member's benefits: the list, its export, and one line."""

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.benefits import documents, queries
from members.benefits.explanation import applied_rule
from members.benefits.falls import falls_of
from members.benefits.forms import FilterForm
from members.benefits.paging import Page, page_of
from members.benefits.rules import explain
from members.benefits.telling import tell
from members.households.permissions import can_read_lines_of
from members.households.viewpoints import viewpoint_of
from portals.access.entry import account_of
from portals.signals import Concerned
from privacy.audit import record


@require_safe
def benefit_list(request: HttpRequest) -> HttpResponse:
    """The lines that the viewer asks for, with their sums, a page at a time."""
    viewpoint = viewpoint_of(request)
    form = FilterForm(request.GET, viewpoint=viewpoint)
    context = {"form": form, "viewpoint": viewpoint, "others": queries.payments_for_others(viewpoint)}
    if not form.is_valid():
        return render(request, "members/benefits/refused.html", context)
    lines = queries.selection(viewpoint, form.filters)
    found = queries.totals(lines)
    page = Page([], None, None)
    if found.newest_since:
        page = page_of(lines, request.GET, newest_since=found.newest_since)
        if not page.lines:  # an address kept from another day: start again from the newest
            page = page_of(lines, {}, newest_since=found.newest_since)
    record(
        "benefits.listed", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"lines": len(page.lines)}, concerned=Concerned(frozenset(line.person_id for line in page.lines)),
    )  # fmt: skip
    context |= {
        "filters": form.filters,
        "totals": found,
        "persons": form.persons,
        "told_lines": [tell(line, viewpoint) for line in page.lines],
        "last_care": None if found.count else queries.last_care(viewpoint),
        "csv_url": _address("members:benefits_csv", form),
        "newer": _address("members:benefits", form, newer=page.newer) if page.newer else "",
        "older": _address("members:benefits", form, older=page.older) if page.older else "",
    }
    return render(request, "members/benefits/list.html", context)


def _address(name: str, form: FilterForm, **more: object) -> str:
    """The address of a page with the same filters, as they were typed."""
    said = {field: form.data.get(field, "") for field in form.fields} | more
    query = urlencode({key: value for key, value in said.items() if value})
    return reverse(name) + (f"?{query}" if query else "")


@require_safe
def benefit_export(request: HttpRequest) -> HttpResponseBase:
    """The same selection as a file. Refused filters go back to the page that explains them."""
    viewpoint = viewpoint_of(request)
    form = FilterForm(request.GET, viewpoint=viewpoint)
    if not form.is_valid():
        return HttpResponseRedirect(_address("members:benefits", form))
    file, count = documents.export(queries.selection(viewpoint, form.filters), viewpoint)
    record(
        "benefits.exported", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"lines": count}, concerned=Concerned(frozenset(person.id for person in viewpoint.seen)),
    )  # fmt: skip
    return FileResponse(file, as_attachment=True, filename="prestations.csv", content_type="text/csv; charset=utf-8")


@require_safe
def benefit_detail(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line, in full. Somebody else's is as unknown as one that never was."""
    viewpoint = viewpoint_of(request)
    line = queries.line_of(viewpoint, line_id)
    if line is None or not can_read_lines_of(viewpoint, line.person_id):
        raise Http404
    record(
        "benefit.consulted", by=account_of(request), object_kind="benefit_line", object_id=line.pk,
        details={"person": line.person_id}, concerned=Concerned(frozenset([line.person_id])),
    )  # fmt: skip
    why = explain(line)
    context = {
        "viewpoint": viewpoint,
        "told": tell(line, viewpoint),
        "why": why,
        "falls": falls_of(why) if why else None,
        "rule": applied_rule(line) if why else None,
        "same_payment": [tell(other, viewpoint) for other in queries.same_payment(viewpoint, line)],
        "counterpart": queries.counterpart(line),
    }
    return render(request, "members/benefits/detail.html", context)
