"""The member's statements: the list, each PDF, and the wish to have one now."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members.households.viewpoints import viewpoint_of
from members.statements.actions import prepare_now
from members.statements.contents import filename_of
from members.statements.models import Statement, StatementState
from members.statements.queries import addressed_to, by_year, statements_of
from portals.access.entry import account_of
from portals.documents.actions import download
from privacy.audit import record


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """Every statement addressed to the viewer, by year, newest first (CGU-3.7)."""
    viewpoint = viewpoint_of(request)
    years = by_year(statements_of(viewpoint))
    record(
        "statements.listed", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"statements": sum(len(statements) for _, statements in years)},
    )  # fmt: skip
    context = {"viewpoint": viewpoint, "years": years, "latest": years[0][1][0] if years else None}
    shown = sum(len(statements) for _, statements in years)
    context["withheld"] = addressed_to(viewpoint).count() - shown if viewpoint.is_represented else 0
    return render(request, "members/statements/list.html", context)


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


def _own_statement(request: HttpRequest, statement_id: int) -> Statement:
    """Somebody else's, of the household or not, is as unknown as one that never was."""
    statements = statements_of(viewpoint_of(request)).select_related("file")
    statement = statements.filter(pk=statement_id).first()
    if statement is None:
        raise Http404
    return statement
