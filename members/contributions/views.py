"""Contributions and payment terms, and how soon refunds come (CGU-3.5)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.contributions.queries import refunded_person
from members.contributions.showing import told_policies
from members.households.accounts import masked_account
from members.households.viewpoints import viewpoint_of
from portals.access.entry import account_of
from privacy.audit import record


@require_safe
def contributions(request: HttpRequest) -> HttpResponse:
    """What is due, when and how, for the member who pays; where and when refunds arrive, for everybody."""
    viewpoint = viewpoint_of(request)
    asked = request.GET.get("year", "")
    told = told_policies(viewpoint, year=int(asked) if asked.isdecimal() and len(asked) == 4 else None)
    record(
        "contributions.shown", by=account_of(request), object_kind="household", object_id=viewpoint.household_id,
        details={"policies": len(told)},
    )  # fmt: skip
    refunded = refunded_person(viewpoint)
    is_own = refunded is not None and refunded.pk == viewpoint.viewer.id
    context = {
        "viewpoint": viewpoint,
        "policies": told,
        "first": told[0] if told else None,
        "is_own_account": is_own,
        "refund_account": masked_account(refunded) if is_own else "",
        "delays": settings.REFUND_DELAYS,
    }
    return render(request, "members/contributions/page.html", context)
