"""What consultations bring to the desk: one each year, and results that wait for the officer's words."""

import datetime
from collections.abc import Sequence

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from portals.dates import months_after
from privacy.consultations.models import Consultation, ConsultationState
from privacy.desk.registry import Due, Pairs, Source, register

EVERY_MONTHS = 12
AHEAD = datetime.timedelta(days=60)
TO_WRITE = datetime.timedelta(days=30)
"""Within which the officer says what a consultation changes."""


def dues(today: datetime.date) -> Sequence[Due]:
    """Two queries."""
    found = []
    last = Consultation.objects.exclude(state=ConsultationState.DRAFT).aggregate(last=Max("opens_on"))["last"]
    due_on = months_after(last, EVERY_MONTHS) if last else today
    if due_on <= today + AHEAD:
        found.append(
            Due(
                "Consultation des personnes",
                "Chaque année, demander un avis sur l’usage des données (PDP, article 1)",
                reverse("admin:privacy_consultation_changelist"),
                due_on,
            )
        )
    for row in Consultation.objects.filter(state=ConsultationState.COUNTED).order_by("counted_at"):
        counted_on = timezone.localdate(row.counted_at)
        page = reverse("admin:privacy_consultation_change", args=[row.pk])
        found.append(Due(row.title, "Dire ce que la consultation change", page, counted_on + TO_WRITE, counted_on))
    return found


def figures(since: datetime.date, until: datetime.date) -> Pairs:
    """Of the consultations told in a period. One query."""
    rows = Consultation.objects.filter(told_at__date__gte=since, told_at__date__lte=until)
    answers = [row.answers for row in rows]
    told = ", ".join("moins de 10" if one is None else str(one) for one in answers)
    return [
        ("Consultations dont les résultats sont publiés", f"{len(answers)} (réponses\u00a0: {told})" if told else "0")
    ]


register(Source("consultations", "Consultations", dues=dues, figures=figures))
