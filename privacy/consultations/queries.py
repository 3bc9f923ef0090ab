"""Reads of consultations."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from portals.accounts.models import Account
from privacy.consultations.models import Answered, Consultation, ConsultationState


def public() -> "QuerySet[Consultation]":
    """Those that people may read of: asked now, being counted, or told. Drafts and those to come are not."""
    return Consultation.objects.exclude(state=ConsultationState.DRAFT)


def visible_on(day: datetime.date) -> "QuerySet[Consultation]":
    return public().filter(opens_on__lte=day).order_by("-closes_on", "-pk")


def waiting_for(account: Account, day: datetime.date) -> "QuerySet[Consultation]":
    """Those that this account may still answer, the first to close first."""
    given = Answered.objects.filter(consultation=OuterRef("pk"), account=account)
    open_now = Q(state=ConsultationState.PUBLISHED, opens_on__lte=day, closes_on__gte=day)
    return Consultation.objects.filter(open_now).exclude(Exists(given)).order_by("closes_on", "pk")


def has_answered(account: Account, consultation: Consultation) -> bool:
    return Answered.objects.filter(account=account, consultation=consultation).exists()
