"""« Vérifier des droits » (CGU-3.24)."""

import datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from portals.access import closed
from portals.access.entry import Standing, account_of, grant_of
from portals.access.headers import PERMISSIONS_POLICY
from portals.access.models import RestrictionKind
from portals.access.services import service_of
from portals.access.switching import tell_name
from portals.accounts.limits import in_words
from portals.presentation.formats import short_date
from privacy.audit import record
from providers.rights.actions import Answered, NoAgreement, ServiceStopped, look_up
from providers.rights.blocking import SERVICE, standing_blocks
from providers.rights.drawing import TYPED, drawn_fields, drawn_references, refused_fields
from providers.rights.forms import LookupForm
from providers.rights.history import Counter, counter_of
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
    form = LookupForm(request.POST if request.method == "POST" else None, today=today)
    try:
        if request.method == "POST" and form.is_valid():
            return _asked(request, form, grant.tenant_id)
        return _shown(request, form, _open(grant.tenant_id))
    except NoAgreement:
        return render(request, "providers/rights/no_agreement.html", status=403)
    except ServiceStopped:
        block = standing_blocks(grant.tenant_id)[0]
        return _stopped(request, block.reason, block.begins_at)


@sensitive_variables()
def _asked(request: HttpRequest, form: LookupForm, professional_id: int) -> HttpResponse:
    account = account_of(request)
    try:
        take(account, professional_id, timezone.now())
        answered = look_up(by=account, professional_id=professional_id, question=form.question, day=form.chosen_day)
    except QuotaReached as reached:
        return _over_quota(request, reached)
    if answered.reason:
        response = _stopped(request, answered.reason, answered.kept.at)
        logout(request)  # the sessions of the practice have just been ended, and this one must not be written again
        return response
    return _shown(request, form, answered.counter, answered)


def _open(professional_id: int) -> Counter:
    """Where the practice stands. Raises NoAgreement and ServiceStopped."""
    counter = counter_of(professional_id, timezone.now())
    if counter is None:
        raise NoAgreement
    if counter.is_stopped:
        raise ServiceStopped
    return counter


def _fields(form: LookupForm, answered: Answered | None) -> SafeString:
    """Empty for the next patient, on the same day of care; what found nobody is left to be corrected."""
    if form.is_bound and not form.is_valid():
        return refused_fields(form)
    if answered is None:
        return drawn_fields({"day": short_date(form.today)})
    if answered.cards or form.cleaned_data["scan"]:
        return drawn_fields({"day": short_date(answered.kept.on_day)})
    return drawn_fields({name: form.data.get(name, "") for name in TYPED})


def _shown(request: HttpRequest, form: LookupForm, counter: Counter, answered: Answered | None = None) -> HttpResponse:
    references = answered.references if answered else counter.last
    tell_name(request, counter.practice_name)
    context: dict[str, Any] = {
        "fields": _fields(form, answered),
        "answered": answered,
        "answer": drawn(answered) if answered else "",
        "asked": answered.rank if answered else counter.asked_today,
        "quota": A_DAY,
        "references": drawn_references(references[:SHOWN_REFERENCES]),
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
