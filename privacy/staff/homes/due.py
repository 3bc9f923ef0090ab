"""The review of access rights as something due: on the desk of the data protection officer and on the homes of roles."""

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from privacy.desk.registry import Due, Source, register
from privacy.desk.sources import AHEAD
from privacy.staff.reviews.queries import due_on, open_review, waiting

TITLE = "Revue des habilitations"


def review_dues(_today: datetime.date | None = None) -> Sequence[Due]:
    """The open review with what waits in it, or the next one from 60 days before its day on. Three queries at most."""
    today = timezone.localdate()
    review, day = open_review(), due_on()
    if review is not None:
        left = waiting(review)
        words = f"{left}\u00a0décision{'s' if left > 1 else ''} à prendre" if left else "À clore"
        since = timezone.localdate(review.started_at)
        return [
            Due(TITLE, words, reverse("admin:privacy_accessreview_change", args=[review.pk]), day, since, "Ouverte")
        ]
    if day is None or day - today > AHEAD:
        return []
    return [Due(TITLE, "Chaque année, rôle par rôle", reverse("admin:privacy_accessreview_changelist"), day)]


register(Source("access_review", "Habilitations du personnel", dues=review_dues))
