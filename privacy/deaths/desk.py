"""What the desk of the data protection officer is told: deaths to deal with, by number."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from privacy import desk
from privacy.deaths.models import PENDING, Death, State


def dues(_today: datetime.date) -> Sequence[desk.Due]:
    """Every death that waits, the most pressing first."""
    rows = Death.objects.filter(state__in=PENDING).order_by("due_on", "pk")
    return [
        desk.Due(
            title=f"Décès, {row.get_state_display().lower()}",
            note=f"{row.number}, {row.get_way_display().lower()}",
            url=reverse("admin:privacy_death_change", args=[row.pk]),
            due_on=row.due_on,
            received_on=row.received_on,
            state=row.get_state_display(),
        )
        for row in rows.defer("claim_sealed")[:12]
    ]


def figures(since: datetime.date, until: datetime.date) -> Sequence[tuple[str, str]]:
    """For management: how many were declared and settled, of nobody."""
    rows = Death.objects.filter(received_on__gte=since, received_on__lte=until)
    settled = rows.filter(state=State.SETTLED).count()
    return (("Décès déclarés", str(rows.count())), ("dont suites données", str(settled)))


desk.register(desk.Source("deaths", "Décès", dues=dues, figures=figures))
