"""« Vérifier des droits » (CGU-3.24)."""

import datetime
from typing import Any

from django.contrib.auth import logout
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from portals.access import closed
from portals.access.entry import Standing, account_of, grant_of
from portals.access.headers import PERMISSIONS_POLICY
from portals.access.models import RestrictionKind
from portals.access.services import service_of
from portals.accounts.limits import in_words
from privacy.audit import record
from providers.agreements.models import Professional
from providers.agreements.queries import active_on, agreements_of
from providers.rights.actions import Answered, look_up
from providers.rights.blocking import SERVICE, standing_blocks
from providers.rights.forms import LookupForm
from providers.rights.history import asked_today, last_of
from providers.rights.quotas import QuotaReached, take
from providers.rights.rules import A_DAY, A_MINUTE
from providers.rights.showing import drawn

MAY_USE_THE_CAMERA = PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
SHOWN_REFERENCES = 20


@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest) -> HttpResponse:
    """The question and its answer, on one page. The camera may be asked for on this page alone."""
    response = _page(request)
    response.headers["Permissions-Policy"] = MAY_USE_THE_CAMERA
    return response


@sensitive_post_parameters("member_number", "birth_date", "birth_rank", "scan")
@sensitive_variables()
def _page(request: HttpRequest) -> HttpResponse:
    grant, today = grant_of(request), timezone.localdate()
    if grant.is_read_only(today):
        return closed.read_only(request, grant)
    found = _practice(grant.tenant_id, today)
    if found is None:
        return render(request, "providers/rights/no_agreement.html", status=403)
    professional, is_stopped = found
    if is_stopped and (block := standing_blocks(grant.tenant_id).first()) is not None:
        return _stopped(request, block.reason, block.begins_at)
    form = LookupForm(request.POST if request.method == "POST" else None, today=today)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form)
    return _asked(request, form, professional)


def _practice(professional_id: int, today: datetime.date) -> tuple[Professional, bool] | None:
    """The professional with an agreement in force today, and whether the service is stopped for them. One query."""
    agreements = active_on(agreements_of(professional_id), today).select_related("professional")
    agreement = agreements.annotate(is_stopped=Exists(standing_blocks(professional_id))).first()
    return (agreement.professional, agreement.is_stopped) if agreement else None


@sensitive_variables()
def _asked(request: HttpRequest, form: LookupForm, professional: Professional) -> HttpResponse:
    account = account_of(request)
    try:
        take(account, professional.pk, timezone.now())
        answered = look_up(by=account, professional=professional, question=form.question, day=form.chosen_day)
    except QuotaReached as reached:
        return _over_quota(request, reached)
    if answered.reason:
        response = _stopped(request, answered.reason, answered.at)
        logout(request)  # the sessions of the practice have just been ended, and this one must not be written again
        return response
    return _shown(request, _next_form(form, answered), answered)


def _next_form(form: LookupForm, answered: Answered) -> LookupForm:
    """Empty for the next patient, on the same day of care; what found nobody is left to be corrected."""
    if not answered.cards and not form.cleaned_data["scan"]:
        return form
    return LookupForm(today=answered.day)


def _shown(request: HttpRequest, form: LookupForm, answered: Answered | None = None) -> HttpResponse:
    professional_id = grant_of(request).tenant_id
    context: dict[str, Any] = {
        "form": form,
        "answered": answered,
        "answer": drawn(request, answered) if answered else "",
        "asked": answered.rank if answered else asked_today(professional_id, timezone.now()),
        "quota": A_DAY,
        "references": list(last_of(professional_id, SHOWN_REFERENCES)),
    }
    return render(request, "providers/rights/rights.html", context)


def _over_quota(request: HttpRequest, reached: QuotaReached) -> HttpResponse:
    """429, with when to come back."""
    record(
        "rights.over_quota", by=account_of(request), object_kind="professional",
        object_id=grant_of(request).tenant_id, result="refused", details={"daily": int(reached.is_daily)},
    )  # fmt: skip
    context = {
        "is_daily": reached.is_daily,
        "wait": "demain à 0\u00a0h" if reached.is_daily else in_words(reached.seconds),
        "amount": A_DAY if reached.is_daily else A_MINUTE,
    }
    response = render(request, "providers/rights/over_quota.html", context, status=429)
    response["Retry-After"] = str(reached.seconds)
    return response


def _stopped(request: HttpRequest, reason: str, since: datetime.datetime) -> HttpResponse:
    """The page that every account of the practice reads from now on."""
    standing = Standing(
        id=0, kind=RestrictionKind.SUSPENSION, services=(SERVICE,), reason=reason, begins_at=since, ends_at=None
    )  # fmt: skip
    return closed.restricted(request, standing, service_of("providers:rights"))
