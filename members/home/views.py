"""The first page of the member's space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.benefits.ceilings import gauges_of
from members.benefits.queries import payments_for_others
from members.home.chart import chart_of
from members.home.queries import SHOWN_PAYMENTS, latest_of, latest_payments, next_expected, year_of
from members.home.waiting import waiting_for
from members.households.viewpoints import viewpoint_of
from members.statements.queries import statements_of
from members.suggestions.queries import suggestions_at_home
from portals.access.entry import account_of
from privacy.audit import record


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The last payment in a sentence, then the payments, what waits, the statement, the ceilings, the year."""
    viewpoint = viewpoint_of(request)
    payments = latest_payments(viewpoint)
    year = year_of(viewpoint)
    record("home.consulted", by=account_of(request), object_kind="household", object_id=viewpoint.household_id)
    context = {
        "viewpoint": viewpoint,
        "latest": latest_of(payments, viewpoint),
        "payments": payments[:SHOWN_PAYMENTS],
        "year": year,
        "chart": chart_of(year.months, current=viewpoint.day.month),
        "statement": statements_of(viewpoint).first(),
        "others": payments_for_others(viewpoint),
        "expected": next_expected(viewpoint),
        "gauges": gauges_of(viewpoint),
        "waits": waiting_for(viewpoint),
        "suggestions": suggestions_at_home(viewpoint),
    }
    return render(request, "members/home/home.html", context)
