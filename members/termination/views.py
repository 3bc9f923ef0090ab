"""« Résilier votre contrat »: whether one can, what it changes, the request, its follow-up, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.households.models import Person
from members.households.viewpoints import viewpoint_of
from members.termination.actions import NotPossible, NotRunning, ask_termination, cancel_termination
from members.termination.documents import FILENAME, confirmation_pdf
from members.termination.forms import TerminationForm
from members.termination.models import State, Termination
from members.termination.queries import covered_by, standing_of_policy, standings_of, terminations_of
from members.termination.rules import may_cancel
from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("termination prints", 30, 3600)


@require_safe
def terminations(request: HttpRequest) -> HttpResponse:
    """Each policy and whether it can be ended today; each request and where it stands."""
    viewpoint = viewpoint_of(request)
    standings, asked = standings_of(viewpoint), list(terminations_of(viewpoint))
    record("terminations.listed", by=account_of(request), object_kind="household", object_id=viewpoint.household_id)
    context = {
        "viewpoint": viewpoint,
        "standings": standings,
        "running": [row for row in asked if row.state == State.ASKED],
        "past": [row for row in asked if row.state != State.ASKED],
        "cancellable": {row.pk for row in asked if may_cancel(row.ends_on, viewpoint.day)},
        "open": [one for one in standings if one.obstacle is None],
    }
    return render(request, "members/termination/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def termination_ask(request: HttpRequest, policy_id: int) -> HttpResponse:
    """What it changes, then one button."""
    viewpoint = viewpoint_of(request)
    standing = standing_of_policy(viewpoint, policy_id)
    if standing is None:
        raise Http404
    if standing.obstacle is not None:
        messages.error(request, "Ce contrat ne peut pas être résilié ici aujourd’hui\u00a0: la raison est ci-dessous.")
        return redirect("members:terminations")
    form = TerminationForm(request.POST or kept_fields(request) or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_termination(
                by=account_of(request), viewpoint=viewpoint, policy_id=policy_id, ends_on=form.cleaned_data["ends_on"]
            )
        except NotPossible:
            return redirect("members:terminations")
        messages.success(request, f"Demande {row.number} reçue. Un e-mail vous le confirme.")
        return redirect("members:terminations")
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "standing": standing,
        "covered": covered_by(policy_id, viewpoint.day),
    }
    return render(request, "members/termination/ask.html", context)


@require_POST
@step_up_required
def termination_cancel(request: HttpRequest, termination_id: int) -> HttpResponse:
    """The member changes their mind."""
    row = _own(request, termination_id)
    try:
        cancel_termination(by=account_of(request), termination=row)
    except NotRunning:
        messages.error(request, "Cette demande ne peut plus être annulée.")
    else:
        messages.success(request, "Votre demande est annulée\u00a0: votre contrat continue.")
    return redirect("members:terminations")


@require_POST
def termination_pdf(request: HttpRequest, termination_id: int) -> HttpResponse:
    """The confirmation. By POST: giving a document out keeps its code."""
    row, account = _own(request, termination_id), account_of(request)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record("termination.downloaded", by=account, object_kind="termination", object_id=row.pk)
    holder = Person.objects.get(pk=viewpoint_of(request).viewer.id)
    pdf = confirmation_pdf(row, holder=holder, by=account)
    return as_attachment(HttpResponse(pdf, content_type="application/pdf"), FILENAME)


def _own(request: HttpRequest, termination_id: int) -> Termination:
    """A request about the holder's household; anybody else's is as unknown as one that never was."""
    row = terminations_of(viewpoint_of(request)).filter(pk=termination_id).first()
    if row is None:
        raise Http404
    return row
