"""The first page of the health professional's space."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, grant_of
from portals.access.models import Grant
from privacy import audit
from providers.agreements.models import Professional
from providers.agreements.queries import AgreementState, agreements_of, state_on
from providers.agreements.signup import practice_of
from providers.home.chart import Chart, chart_of
from providers.home.queries import Delays, MonthDelays, delays_of, newest_rejected, standings_of, whole
from providers.invoices.models import Mode
from providers.invoices.rules import counted_days
from providers.invoices.telling import tell
from providers.permissions import ServiceCode, may_use
from providers.transfers.queries import paid_between


@dataclass(frozen=True)
class Pace:
    """The delays of one mode over twelve months: their average, what is promised, the drawing."""

    mode: str
    label: str
    unit: str
    average: Decimal
    promise: int
    chart: Chart

    @property
    def promised_words(self) -> str:
        return counted_days(self.promise, self.mode)

    @property
    def is_late(self) -> bool:
        return self.average > self.promise


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is to be paid in a sentence, then what waits for the professional, the delays, the agreement."""
    grant, today = grant_of(request), timezone.localdate()
    professional_id = grant.tenant_id
    professional = get_object_or_404(Professional, pk=professional_id)
    if not may_use(grant, ServiceCode.INVOICES):
        return _counter(request, grant, professional)
    agreements = [(agreement, state_on(agreement, today)) for agreement in agreements_of(professional_id)]
    active = next((agreement for agreement, state in agreements if state == AgreementState.ACTIVE), None)
    delays = delays_of(professional_id, today)
    audit.record("professional.viewed", by=account_of(request), object_kind="professional", object_id=professional_id)
    context = {
        "professional": professional,
        "practice": practice_of(professional),
        "agreements": agreements,
        "active": active,
        "standings": standings_of(professional_id),
        "paid": paid_between(professional_id, today.replace(day=1), today),
        "month": today,
        "told_invoices": tell(newest_rejected(professional_id), day=today),
        "delays": [month for month in delays if month.teletransmitted.count or month.paper.count],
        "paces": paces_of(delays),
        "promises": settings.PAYMENT_PROMISES,
        "shows_agreement": may_use(grant, ServiceCode.AGREEMENT),
    }
    return render(request, "providers/home/home.html", context)


def _counter(request: HttpRequest, grant: Grant, professional: Professional) -> HttpResponse:
    """The first page of whoever only meets patients: neither invoices nor money are theirs to see."""
    audit.record("professional.viewed", by=account_of(request), object_kind="professional", object_id=professional.pk)
    context = {"practice": practice_of(professional), "grant": grant}
    return render(request, "providers/home/counter.html", context)


def paces_of(delays: Sequence[MonthDelays]) -> list[Pace]:
    """One for each mode in which something was paid."""
    promises = settings.PAYMENT_PROMISES
    teletransmitted = [(one.month, one.teletransmitted) for one in delays]
    paper = [(one.month, one.paper) for one in delays]
    found = (
        _pace(Mode.DRE, "Factures télétransmises", "jours ouvrés", teletransmitted, promises.teletransmitted),
        _pace(Mode.PAPER, "Factures papier", "jours", paper, promises.paper),
    )
    return [pace for pace in found if pace is not None]


def _pace(
    mode: str, label: str, unit: str, months: Sequence[tuple[datetime.date, Delays]], promise: int
) -> Pace | None:
    average = whole([delays for _, delays in months]).average
    if average is None:
        return None
    chart = chart_of([(month, delays.average) for month, delays in months], promise=promise)
    return Pace(mode, label, unit, average, promise, chart)
