"""Reads about professionals and their agreements, in the professional's own context."""

import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from providers.agreements.models import Agreement


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    COMING = "coming"
    ACTIVE = "active"
    ENDED = "ended"


def active_on(agreements: QuerySet[Agreement], day: datetime.date) -> QuerySet[Agreement]:
    """Those of the agreements in force on a day."""
    return agreements.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


def state_on(agreement: Agreement, day: datetime.date) -> AgreementState:
    """The state of an agreement on a day."""
    if agreement.start_date > day:
        return AgreementState.COMING
    is_over = agreement.end_date is not None and agreement.end_date < day
    return AgreementState.ENDED if is_over else AgreementState.ACTIVE


def agreements_of(professional_id: int) -> QuerySet[Agreement]:
    """Every agreement of a professional, latest first."""
    return Agreement.objects.filter(professional=professional_id).order_by("-start_date", "-id")
