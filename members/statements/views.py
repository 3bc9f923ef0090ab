"""The member's statements: the archive, each PDF, the wish to have one now, the summary of a year, paper or not."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.households.models import Person
from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from members.statements.actions import prepare_now
from members.statements.contents import filename_of
from members.statements.delivery import choose, is_online
from members.statements.forms import DeliveryForm, SearchForm
from members.statements.models import Statement, StatementState
from members.statements.queries import addressed_to, by_year, found, statements_of
from members.statements.yearly import summary_of, summary_pdf
from portals.access.entry import account_of
from portals.accounts import limits
from portals.documents.actions import as_attachment, download
from privacy.audit import record

SUMMARIES_BY_ACCOUNT = limits.Limit("statement years", 30, 3600)
FIRST_YEAR = 1980
"""No benefit line is older (`members.benefits.feeds`)."""


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """Every statement addressed to the viewer, by year, newest first (CGU-3.7)."""
    viewpoint = viewpoint_of(request)
    archive = list(statements_of(viewpoint))
    form = SearchForm(
        request.GET,
        years=[year for year, _ in by_year(archive)],
        persons=[(person.id, person.first_name) for person in viewpoint.seen],
    )
    asked = form.is_valid() and form.is_used
    shown = _asked(viewpoint, form) if asked else archive
    record(
        "statements.listed", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"statements": len(shown)},
    )  # fmt: skip
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "asked": asked,
        "shown": len(shown),
        "years": by_year(shown),
        "latest": archive[0] if archive else None,
        "withheld": addressed_to(viewpoint).count() - len(archive) if viewpoint.is_represented else 0,
        "online": is_online(viewpoint.viewer.id),
    }
    return render(request, "members/statements/list.html", context)


def _asked(viewpoint: Viewpoint, form: SearchForm) -> list[Statement]:
    said = form.cleaned_data
    return found(viewpoint, year=said["year"], person_id=said.get("person"), text=said["text"])


@require_safe
def statement_pdf(request: HttpRequest, statement_id: int) -> HttpResponseBase:
    """The PDF; or, while there is none yet, the page that says so and offers to prepare it before all others."""
    statement = _own_statement(request, statement_id)
    record(
        "statement.downloaded",
        by=account_of(request),
        object_kind="statement",
        object_id=statement.pk,
        result=statement.state,
    )
    if statement.file is not None:
        return download(statement.file, filename_of(statement.period))
    return render(request, "members/statements/in_preparation.html", {"statement": statement})


@require_POST
def prepare(request: HttpRequest, statement_id: int) -> HttpResponse:
    """« Préparer maintenant »: this statement before all others, then back to the list."""
    statement = _own_statement(request, statement_id)
    if statement.state == StatementState.DUE:
        prepare_now(statement=statement)
        record("statement.asked", by=account_of(request), object_kind="statement", object_id=statement.pk)
        messages.success(request, "Ce relevé passe avant les autres\u00a0: il sera là dans quelques instants.")
    return HttpResponseRedirect(reverse("members:statements"))


@require_safe
def year_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The summary of a year as PDF, for taxes or a second insurer. Without any line in it, there is none."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    summary = summary_of(viewpoint, year) if FIRST_YEAR <= year <= viewpoint.day.year else None
    if summary is None:
        raise Http404
    try:
        limits.count(SUMMARIES_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record(
        "statements.year_downloaded", by=account, object_kind="household", object_id=viewpoint.household_id,
        details={"year": year},
    )  # fmt: skip
    response = HttpResponse(summary_pdf(viewpoint, summary, by=account), content_type="application/pdf")
    return as_attachment(response, f"Récapitulatif {year}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest) -> HttpResponse:
    """Online only, or on paper too (CGU-3.8). Looking records nothing but the look."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    online = is_online(viewpoint.viewer.id)
    form = DeliveryForm(request.POST if request.method == "POST" else None, initial={"delivery": _word(online)})
    if request.method == "POST" and form.is_valid():
        choose(person=Person.objects.get(pk=viewpoint.viewer.id), online=form.online, by=account)
        messages.success(request, "Votre choix est enregistré\u00a0: il vaut pour les prochains relevés.")
        return HttpResponseRedirect(reverse("members:statement_delivery"))
    record("statements.delivery_shown", by=account, object_kind="person", object_id=viewpoint.viewer.id)
    context = {"viewpoint": viewpoint, "form": form, "online": online}
    return render(request, "members/statements/delivery.html", context)


def _word(online: bool) -> str:
    return "online" if online else "paper"


def _own_statement(request: HttpRequest, statement_id: int) -> Statement:
    """Somebody else's, of the household or not, is as unknown as one that never was."""
    statements = statements_of(viewpoint_of(request)).select_related("file")
    statement = statements.filter(pk=statement_id).first()
    if statement is None:
        raise Http404
    return statement
