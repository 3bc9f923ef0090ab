"""What the desk of the data protection officer is told of the requests: those that wait, and the delays."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from privacy import desk
from privacy.rights.models import PENDING, RightsRequest, State
from privacy.rights.queries import figures
from privacy.rights.sealing import claim_of


def dues(_today: datetime.date) -> Sequence[desk.Due]:
    """Every request that waits, with who asks, by the day of its answer."""
    rows = RightsRequest.objects.filter(state__in=PENDING).defer("words_sealed", "answer_sealed")
    return [
        desk.Due(
            title=f"{row.get_right_display()}, {claim_of(row).get('name', '')}",
            note=f"{row.number}, {row.get_channel_display().lower()}",
            url=reverse("admin:privacy_rightsrequest_change", args=[row.pk]),
            due_on=None if row.state == State.PAUSED else row.due_on,
            received_on=row.received_on,
            state=row.get_state_display(),
        )
        for row in rows.order_by("due_on", "pk")[:12]
    ]


def facts(today: datetime.date) -> desk.Facts:
    counted = figures(today)
    median = "–" if counted.median_days is None else f"{counted.median_days}\u00a0jours"
    return desk.Facts(
        pairs=(
            ("Closes dans le délai, sur 12 mois", f"{counted.in_time} sur {counted.answered}"),
            ("Délai médian de réponse", median),
            ("Réponses jugées utiles", f"{counted.satisfied} sur {counted.rated} avis"),
        ),
        link=("Indicateurs", reverse("admin:privacy_rightsrequest_figures")),
    )


desk.register(desk.Source("rights", "Demandes de droits", dues=dues, facts=facts))
