"""The rights that companies and practices gave to their own people: how many, and how many sleep."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Space
from privacy.staff.reviews.rules import ASLEEP

HOLDER = "Titulaire"


def delegates() -> list[dict[str, Any]]:
    """By space and role: rights in force, and those whose account did not sign in for 90 days. One query."""
    since = timezone.now() - ASLEEP
    awake = Q(account__last_login__gte=since)
    rows = Grant.objects.filter(space__in=[Space.EMPLOYER, Space.PROFESSIONAL], revoked_at=None)
    counts = rows.values("space", "role").annotate(rights=Count("pk"), awake=Count("pk", filter=awake))
    labels = dict(Grant._meta.get_field("role").flatchoices)
    return [
        {
            "space": Space(row["space"]).label,
            "role": str(labels.get(row["role"], "")) or HOLDER,
            "rights": row["rights"],
            "asleep": row["rights"] - row["awake"],
        }
        for row in counts.order_by("space", "role")
    ]
