"""Guarantees by need, on a day of one's choice, and their description as PDF (CGU-3.4)."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.guarantees.documents import description_pdf, filename_of
from members.guarantees.forms import DayForm
from members.guarantees.queries import Held, held_on, last_covered_day
from members.guarantees.showing import Description, description_of
from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from members.suggestions.queries import suggestions_on_policy
from portals.access.entry import account_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("guarantee prints", 30, 3600)


@dataclass(frozen=True)
class Asked:
    """What a request asks for, and what there is. `description` is None on a day without cover."""

    viewpoint: Viewpoint
    form: DayForm
    day: datetime.date
    held: list[Held]
    description: Description | None

    @property
    def is_today(self) -> bool:
        return self.day == self.viewpoint.day

    def choice(self, **instead: str) -> str:
        """The query string of what is shown, possibly empty."""
        said = {} if self.is_today else {"date": f"{self.day:%d/%m/%Y}"}
        if self.description is not None and self.description.held is not self.held[0]:
            said["contract"] = str(self.description.held.policy.pk)
        return urlencode(said | instead)


@require_safe
def guarantees(request: HttpRequest) -> HttpResponse:
    """The plan of the viewer on a day: what each need is paid, in words and in euros."""
    asked = _asked(request)
    shown = asked.description
    record(
        "guarantees.shown", by=account_of(request), object_kind="policy",
        object_id=shown.held.policy.pk if shown else "", details={"day": asked.day.isoformat()},
    )  # fmt: skip
    context = {
        "viewpoint": asked.viewpoint,
        "form": asked.form,
        "day": asked.day,
        "is_today": asked.is_today,
        "shown": shown,
        "others": [held for held in asked.held if shown is None or held is not shown.held],
        "choice": asked.choice(),
        "opened": request.GET.get("need", ""),
        "suggestions": suggestions_on_policy(asked.viewpoint, since=shown.held.policy.start_date)
        if shown and asked.is_today
        else [],
    }
    return render(request, "members/guarantees/page.html", context)


@require_safe
def guarantees_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a document; on a day without cover, the page that says so."""
    asked = _asked(request)
    if asked.description is None or not asked.form.is_valid():
        return guarantees(request)
    account = account_of(request)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record(
        "guarantees.downloaded", by=account, object_kind="policy", object_id=asked.description.held.policy.pk,
        details={"day": asked.day.isoformat()},
    )  # fmt: skip
    response = HttpResponse(description_pdf(asked.description, by=account), content_type="application/pdf")
    return as_attachment(response, filename_of(asked.description))


def _asked(request: HttpRequest) -> Asked:
    """Without a date: today, or the last day of a cover that is over."""
    viewpoint = viewpoint_of(request)
    form = DayForm(request.GET, today=viewpoint.day)
    day = form.asked or viewpoint.day
    held = held_on(viewpoint, day)
    if not held and form.asked is None and (last := last_covered_day(viewpoint)) is not None:
        day, held = last, held_on(viewpoint, last)
    wanted = request.GET.get("contract", "")
    chosen = next((one for one in held if str(one.policy.pk) == wanted), held[0] if held else None)
    described = description_of(chosen, day, today=viewpoint.day) if chosen else None
    return Asked(viewpoint, form, day, held, described)
