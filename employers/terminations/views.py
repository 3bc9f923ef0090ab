"""An employee leaves: why and when, then everything that follows, then the button; the letters; the way back (CGU-3.15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.terminations import actions, documents
from employers.terminations.forms import DepartureForm, initial_of
from employers.terminations.models import EmployeeTermination
from employers.terminations.queries import affiliation_of, employed_since_of, holding, is_undoable
from employers.terminations.rules import Consequences, consequences
from employers.workforce import actions as workforce
from employers.workforce.models import Affiliation
from employers.workforce.views import may_change
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

PDF = "application/pdf"
PRINTS_BY_ACCOUNT = limits.Limit("departure prints", 200, 3600)
"""Forty people who leave at the end of a season have two letters each."""


@require_http_methods(["GET", "HEAD", "POST"])
def employee_end(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """The termination that holds; or the form, also to correct it (`?corriger`)."""
    affiliation, account = _affiliation(request, affiliation_id), account_of(request)
    row, is_writer = holding(affiliation), may_change(request)
    record("termination.employee_consulted", by=account, object_kind="affiliation", object_id=affiliation.pk)
    if row is not None and request.method != "POST" and "corriger" not in request.GET:
        context = {
            "employee": affiliation,
            "row": row,
            "told": _told(row),
            "may_change": is_writer,
            "is_undoable": is_writer and is_undoable(row),
            "day": timezone.localdate(),
        }
        return render(request, "employers/terminations/done.html", context)
    if not is_writer:
        raise Http404
    draft = actions.draft_of(by=account, affiliation=affiliation)
    known = draft or row
    since = employed_since_of(affiliation, timezone.localdate())
    form = DepartureForm(
        request.POST or None, affiliation=affiliation,
        initial=initial_of(actions.departure_of(known) if known else None, since=since),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.save_draft(by=account, affiliation=affiliation, departure=form.departure())
        return redirect("employers:employee_end_check", affiliation.pk)
    context = {"employee": affiliation, "form": form, "draft": draft, "row": row}
    return render(request, "employers/terminations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def employee_end_check(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """Everything that follows, before anything happens; and the button."""
    affiliation, account = _affiliation(request, affiliation_id), account_of(request)
    draft = actions.draft_of(by=account, affiliation=affiliation)
    if draft is None or not may_change(request):
        return redirect("employers:employee_end", affiliation.pk)
    if request.method == "POST":
        try:
            actions.confirm(by=account, draft=draft)
        except workforce.Refused as refused:
            for problem in refused.problems:
                messages.error(request, problem.message)
            return redirect("employers:employee_end", affiliation.pk)
        messages.success(request, "C’est enregistré. Tout peut être annulé pendant 24 heures.")
        return redirect("employers:employee_end", affiliation.pk)
    record("termination.employee_checked", by=account, object_kind="affiliation", object_id=affiliation.pk)
    context = {
        "employee": affiliation,
        "row": draft,
        "told": _told(draft),
        "corrected": holding(affiliation),
        "day": timezone.localdate(),
    }
    return render(request, "employers/terminations/check.html", context)


@require_POST
def employee_end_give_up(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """Forget what was typed."""
    affiliation = _affiliation(request, affiliation_id)
    actions.delete_draft(by=account_of(request), affiliation=affiliation)
    messages.success(request, "Brouillon effacé\u00a0: rien n’a changé.")
    return redirect("employers:employee", affiliation.pk)


@require_POST
def employee_end_undo(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """Within 24 hours, as if nothing had been told."""
    affiliation = _affiliation(request, affiliation_id)
    row = holding(affiliation)
    if row is None or row.operation is None:
        raise Http404
    try:
        workforce.undo(by=account_of(request), operation=row.operation)
    except workforce.UndoTooLate:
        messages.error(request, "Les 24 heures sont passées\u00a0: corrigez plutôt la date, ou écrivez-nous.")
    except workforce.ChangedSince:
        messages.error(request, "Une opération plus récente touche ce salarié\u00a0: annulez-la d’abord.")
    else:
        messages.success(request, "C’est annulé\u00a0: le salarié est couvert comme avant.")
    return redirect("employers:employee_end" if holding(affiliation) else "employers:employee", affiliation.pk)


@require_safe
def employee_end_letter(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """The letter to the employee."""
    row = _holding(request, affiliation_id)
    if (waiting := _too_many(request)) is not None:
        return waiting
    pdf = documents.letter_pdf(row, _told(row), by=account_of(request))
    return _attached(request, row, pdf, documents.LETTER_FILE)


@require_safe
def employee_end_mention(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """The sentence of the certificat de travail."""
    row = _holding(request, affiliation_id)
    if (waiting := _too_many(request)) is not None:
        return waiting
    pdf = documents.mention_pdf(row, _told(row), by=account_of(request))
    return _attached(request, row, pdf, documents.MENTION_FILE)


def _affiliation(request: HttpRequest, affiliation_id: int) -> Affiliation:
    affiliation = affiliation_of(grant_of(request).tenant_id, affiliation_id)
    if affiliation is None:
        raise Http404
    return affiliation


def _holding(request: HttpRequest, affiliation_id: int) -> EmployeeTermination:
    row = holding(_affiliation(request, affiliation_id))
    if row is None:
        raise Http404
    return row


def _told(row: EmployeeTermination) -> Consequences:
    """What follows, told from the day it was typed."""
    return consequences(actions.departure_of(row), today=timezone.localdate(row.saved_at))


def _too_many(request: HttpRequest) -> HttpResponse | None:
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account_of(request).pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    return None


def _attached(request: HttpRequest, row: EmployeeTermination, pdf: bytes, name: str) -> HttpResponse:
    record("termination.employee_printed", by=account_of(request), object_kind="employee_termination", object_id=row.pk)
    return as_attachment(HttpResponse(pdf, content_type=PDF), name)
